import { runService } from '@customer360/kit/service';
import { readConfig } from './config.ts';
import { start } from './service.ts';

await runService(() => start(readConfig()));
