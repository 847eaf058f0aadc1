import type { CodegenConfig } from '@graphql-codegen/cli';

/** Codegen settings that every subgraph shares: resolver types from its SDL into `src/generated/resolvers.ts`. */
export function subgraphCodegen({ mappers = {} }: { mappers?: Record<string, string> } = {}): CodegenConfig {
  return {
    schema: 'schema.graphql',
    generates: {
      'src/generated/resolvers.ts': {
        plugins: ['typescript', 'typescript-resolvers'],
        config: {
          contextType: '../context.ts#Context',
          enumsAsTypes: true,
          federation: true,
          importExtension: '.ts',
          mappers,
          scalars: { ID: 'string', Date: 'string', DateTime: 'string', Decimal: 'string' },
          useIndexSignature: true,
          useTypeImports: true,
        },
      },
    },
  };
}
