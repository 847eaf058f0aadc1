/** From here on, in characters, a body is worth encoding once for all who wait for it; a smaller one goes out with its headers. */
export const encodedFrom = 16 * 1024;
