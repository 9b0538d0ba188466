export * from './ml-notebook';
export * from './notebook-lifecycle';
