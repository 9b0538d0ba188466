import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as fsx from 'aws-cdk-lib/aws-fsx';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { bindMounts, FileSystemMount, S3MountOptions } from '../../src/lifecycle/file-system-mount';

describe('FileSystemMount', () => {
  let folder: string;
  let stack: Stack;
  let scope: Construct;
  let bucket: s3.IBucket;
  let own: s3.IBucket;
  let group: ec2.ISecurityGroup;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mounts-'));
    stack = new Stack(new App(), 'Team', { env: { account: '111111111111', region: 'eu-west-1' } });
    scope = new Construct(stack, 'Lifecycle');
    bucket = s3.Bucket.fromBucketName(stack, 'Images', 'images');
    own = s3.Bucket.fromBucketName(stack, 'Datasets', 'datasets');
    group = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1');
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  test('mounts as root, in the background, with clients of Amazon Linux', () => {
    expect(bind(FileSystemMount.efs(home(), { folder: 'team' }))).toMatchObject({
      name: 'mounts',
      user: 'root',
      phase: 'background',
      services: ['amazon-linux'],
    });
  });

  test('needs nothing for no mount', () => {
    expect(bind()).toMatchObject({ services: [], statements: [], peers: [], settings: { mounts: [] } });
  });

  describe('efs', () => {
    test('mounts the root of a file system, for reading and writing but never as its root', () => {
      const fileSystem = home();
      const bound = bind(FileSystemMount.efs(fileSystem, { folder: 'team' }));

      expect(stack.resolve(bound.settings)).toEqual({
        mounts: [
          {
            folder: 'team',
            kind: 'efs',
            host: stack.resolve(`fs-1.efs.eu-west-1.${stack.urlSuffix}`),
            port: 2049,
            accessPoint: null,
            readOnly: false,
          },
        ],
      });
      expect(statements(bound)).toEqual([
        {
          Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
          Effect: 'Allow',
          Resource: stack.resolve(fileSystem.fileSystemArn),
        },
      ]);
      expect(bound.peers?.map(({ peer, port }) => [peer, port.toString()])).toEqual([[fileSystem, '2049']]);
    });

    test('lets notebooks in by the access point alone', () => {
      const fileSystem = home();
      const accessPoint = efs.AccessPoint.fromAccessPointAttributes(stack, 'Point', {
        accessPointId: 'fsap-1',
        fileSystem,
      });
      const bound = bind(FileSystemMount.efs(fileSystem, { folder: 'team', accessPoint, readOnly: true }));

      expect(mounts(bound)[0]).toMatchObject({ accessPoint: 'fsap-1', readOnly: true });
      expect(statements(bound)).toEqual([
        {
          Action: 'elasticfilesystem:ClientMount',
          Effect: 'Allow',
          Resource: stack.resolve(fileSystem.fileSystemArn),
          Condition: {
            StringEquals: { 'elasticfilesystem:AccessPointArn': stack.resolve(accessPoint.accessPointArn) },
          },
        },
      ]);
    });

    test('refuses an access point of another file system', () => {
      const accessPoint = efs.AccessPoint.fromAccessPointAttributes(stack, 'Point', {
        accessPointId: 'fsap-1',
        fileSystem: home('fs-2'),
      });

      expect(() => bind(FileSystemMount.efs(home(), { folder: 'team', accessPoint }))).toThrow(
        "Team/Lifecycle: 'mounts[0].accessPoint' must be an access point of the same file system, got: Team/Point",
      );
    });
  });

  describe('fsxLustre', () => {
    test('knows the names of a file system of the app', () => {
      const vpc = new ec2.Vpc(stack, 'Vpc');
      const fast = new fsx.LustreFileSystem(stack, 'Fast', {
        vpc,
        vpcSubnet: vpc.privateSubnets[0],
        storageCapacityGiB: 1_200,
        lustreConfiguration: { deploymentType: fsx.LustreDeploymentType.SCRATCH_2 },
      });
      const bound = bind(FileSystemMount.fsxLustre(fast, { folder: 'fast' }));

      expect(mounts(bound)).toEqual([
        { folder: 'fast', kind: 'lustre', host: fast.dnsName, port: 988, mountName: fast.mountName, readOnly: false },
      ]);
      expect(bound.peers?.map(({ peer, port, inbound }) => [peer, port.toString(), inbound])).toEqual([
        [fast, '988', true],
        [fast, '1018-1023', true],
      ]);
      expect(bound.statements).toEqual([]);
    });

    test('takes the names of an imported one', () => {
      const options = { folder: 'fast', mountName: 'abcdef12', dnsName: 'fast.example.com', readOnly: true };

      expect(mounts(bind(FileSystemMount.fsxLustre(imported(), options)))[0]).toMatchObject({
        host: 'fast.example.com',
        mountName: 'abcdef12',
        readOnly: true,
      });
    });

    test('makes the usual DNS name of an imported one', () => {
      const [mount] = mounts(bind(FileSystemMount.fsxLustre(imported(), { folder: 'fast', mountName: 'a' })));

      expect(stack.resolve(mount.host)).toEqual(stack.resolve(`fs-9.fsx.eu-west-1.${stack.urlSuffix}`));
    });

    test.each([
      [undefined, 'undefined'],
      ['', "''"],
      ['ABC', 'ABC'],
      ['a b', 'a b'],
      ['123456789', '123456789'],
    ])('refuses the mount name %p of an imported one', (mountName, shown) => {
      expect(() => bind(FileSystemMount.fsxLustre(imported(), { folder: 'fast', mountName }))).toThrow(
        `Team/Lifecycle: 'mounts[0].mountName' must be 1 to 8 lower-case letters and digits, as FSx shows it for the file system, got: ${shown}`,
      );
    });

    test.each(['localhost', 'a b.c', '-a.b', '$(id).b', 'a@tcp:/x.b'])('refuses the DNS name %p', (dnsName) => {
      expect(() => bind(FileSystemMount.fsxLustre(imported(), { folder: 'fast', mountName: 'a', dnsName }))).toThrow(
        `Team/Lifecycle: 'mounts[0].dnsName' must be a DNS name, got: ${dnsName}`,
      );
    });
  });

  describe('s3', () => {
    test('mounts for reading', () => {
      const bound = bind(FileSystemMount.s3(bucket, { folder: 'raw', prefix: 'raw' }));

      expect(mounts(bound)).toEqual([
        { folder: 'raw', kind: 's3', bucket: 'images', prefix: 'raw/', readOnly: true, package: null },
      ]);
      expect(statements(bound)).toEqual([
        {
          Action: 's3:ListBucket',
          Effect: 'Allow',
          Resource: stack.resolve(bucket.bucketArn),
          Condition: { StringLike: { 's3:prefix': 'raw/*' } },
        },
        { Action: 's3:GetObject', Effect: 'Allow', Resource: stack.resolve(bucket.arnForObjects('raw/*')) },
      ]);
    });

    test('gives the right to write only below the prefix, and only when asked to', () => {
      const bound = bind(FileSystemMount.s3(bucket, { folder: 'raw', prefix: 'raw/', readOnly: false }));

      expect(statements(bound)[2]).toEqual({
        Action: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:PutObject'],
        Effect: 'Allow',
        Resource: stack.resolve(bucket.arnForObjects('raw/*')),
      });
    });

    test('gives no right to write in a bucket of the base', () => {
      const bound = bind(FileSystemMount.s3(own, { folder: 'raw', prefix: 'raw/', readOnly: false }));

      expect(mounts(bound)[0].readOnly).toBe(false);
      expect(statements(bound)).toHaveLength(2);
    });

    test.each(['', 'users/alice/'])('refuses to hand %p of a bucket of the base to everybody', (prefix) => {
      expect(() => bind(FileSystemMount.s3(own, { folder: 'raw', prefix }))).toThrow(
        "Team/Lifecycle: 'mounts[0].prefix' must be a prefix outside 'users/' in a bucket of the base",
      );
    });

    test('refuses a bucket of another account', () => {
      bucket = s3.Bucket.fromBucketAttributes(stack, 'Foreign', { bucketName: 'foreign', account: '222222222222' });

      expect(() => bind(FileSystemMount.s3(bucket, { folder: 'raw' }))).toThrow(
        "Team/Lifecycle: 'mounts[0].bucket' must be a bucket of account 111111111111",
      );
    });

    test('delivers the package that it is given', () => {
      const content = Buffer.concat([Buffer.from([0xed, 0xab, 0xee, 0xdb]), Buffer.from('rest')]);
      const bound = bind(FileSystemMount.s3(bucket, { folder: 'raw', rpmPath: written(content) }));

      expect(mounts(bound)[0].package).toBe('raw.rpm');
      expect(bound.files).toEqual({ 'raw.rpm': content });
    });

    test.each<[string, () => S3MountOptions]>([
      ['a missing file', () => ({ folder: 'raw', rpmPath: path.join(folder, 'missing') })],
      ['a folder', () => ({ folder: 'raw', rpmPath: folder })],
      ['another file', () => ({ folder: 'raw', rpmPath: written(Buffer.from('#!/bin/sh')) })],
      ['a NUL byte', () => ({ folder: 'raw', rpmPath: 'a\0' })],
    ])('refuses %s as the package', (_, options) => {
      expect(() => bind(FileSystemMount.s3(bucket, options()))).toThrow(
        "Team/Lifecycle: 'mounts[0].rpmPath' must be the path of an RPM package of at most 100 MiB, got: ",
      );
    });
  });

  test.each(['', '.', '..', '.hidden', 'a/b', '/a', 'a b', 'ü', 'a\n', '$(id)', 'a'.repeat(64)])(
    'refuses the folder %p',
    (name) => {
      expect(() => bind(FileSystemMount.s3(bucket, { folder: name }))).toThrow(
        "Team/Lifecycle: 'mounts[0].folder' must be 1 to 63 characters of A-Z a-z 0-9 . _ - that begin with a letter or digit, got: ",
      );
    },
  );

  test('refuses two mounts of one name', () => {
    const mount = FileSystemMount.s3(bucket, { folder: 'raw' });

    expect(() => bind(mount, mount)).toThrow("Team/Lifecycle: 'mounts' must be a list without repetition, got: raw");
  });

  test.each<[string, () => FileSystemMount]>([
    ['efs', () => FileSystemMount.efs(home(), { folder: 'a', readOnly: unknown() })],
    ['fsxLustre', () => FileSystemMount.fsxLustre(imported(), { folder: 'a', mountName: 'a', readOnly: unknown() })],
    ['s3', () => FileSystemMount.s3(bucket, { folder: 'a', readOnly: unknown() })],
  ])('refuses to learn at deployment whether %s is for reading', (_, mount) => {
    expect(() => bind(mount())).toThrow("Team/Lifecycle: 'mounts[0].readOnly' must be known at synthesis, because");
  });

  function bind(...given: FileSystemMount[]) {
    return bindMounts(scope, given, [own]);
  }

  function mounts(bound: ReturnType<typeof bind>) {
    return bound.settings.mounts as { [key: string]: unknown }[];
  }

  function statements(bound: ReturnType<typeof bind>) {
    return (bound.statements ?? []).map((statement) => stack.resolve(statement.toStatementJson()));
  }

  function home(fileSystemId = 'fs-1') {
    return efs.FileSystem.fromFileSystemAttributes(stack, `Home-${fileSystemId}`, {
      fileSystemId,
      securityGroup: group,
    });
  }

  function imported() {
    return fsx.LustreFileSystem.fromLustreFileSystemAttributes(stack, 'Imported', {
      dnsName: 'unused.example.com',
      fileSystemId: 'fs-9',
      securityGroup: group,
    });
  }

  function unknown() {
    return Token.asAny(true) as unknown as boolean;
  }

  function written(content: Buffer) {
    const file = path.join(folder, 'mount-s3.rpm');
    fs.writeFileSync(file, content);
    return file;
  }
});
