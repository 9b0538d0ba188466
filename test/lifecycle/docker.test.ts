import { bindDocker } from '../../src/lifecycle/docker';

describe('dockerOnVolume', () => {
  test('moves the data of Docker as root, before anybody uses it', () => {
    expect(bindDocker()).toEqual({
      name: 'docker',
      user: 'root',
      phase: 'blocking',
      timeoutSeconds: 120,
      settings: {},
    });
  });
});
