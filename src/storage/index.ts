export * from './ml-storage';
