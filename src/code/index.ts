export * from './code-source';
