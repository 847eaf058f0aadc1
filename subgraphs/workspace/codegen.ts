import { subgraphCodegen } from '@customer360/dev/codegen';

export default subgraphCodegen({ mappers: { SourceStatus: '../merge.ts#SourceState' } });
