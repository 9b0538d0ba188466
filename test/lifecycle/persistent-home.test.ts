import { bindPersistentHome } from '../../src/lifecycle/persistent-home';

describe('persistent home', () => {
  test('is linked before the notebook opens, as the user, and needs no rights and no service', () => {
    expect(bindPersistentHome()).toEqual({
      name: 'home',
      user: 'ec2-user',
      phase: 'blocking',
      timeoutSeconds: 30,
      settings: {},
    });
  });
});
