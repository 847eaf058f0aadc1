/** Stands for style sheets in tests, which only a browser reads. */
export {};
