import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../gateway/generated/api.graphql',
  documents: ['src/**/*.{ts,tsx}', '!src/generated/**'],
  ignoreNoDocuments: true,
  importExtension: '.ts',
  generates: {
    'src/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: { unmaskFunctionName: 'readFragment' } },
      config: {
        arrayInputCoercion: false,
        enumsAsTypes: true,
        scalars: { ID: 'string', Date: 'string', DateTime: 'string', Decimal: 'string', InvoiceStatusFilter: 'string' },
        strictScalars: true,
        useTypeImports: true,
      },
    },
  },
};

export default config;
