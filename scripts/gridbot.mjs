#!/usr/bin/env node
// `npx gridbot doctor` from the project's folder: the command line, which is TypeScript, through tsx.
import 'tsx';

await import('../src/cli.ts');
