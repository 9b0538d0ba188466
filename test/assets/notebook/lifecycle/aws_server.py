"""A server that speaks for AWS, for the real command line tool to talk to."""

import contextlib
import socket
import subprocess
import sys

import boto3
from botocore.exceptions import ClientError, EndpointConnectionError
from bundle import until


class AwsServer:
    """S3 and Secrets Manager in eu-west-1."""

    def __init__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.secrets = self.client("secretsmanager")
        self.s3 = self.client("s3")
        until(self.answers, 30)

    def client(self, service):
        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
        return boto3.client(service, endpoint_url=self.url, region_name="eu-west-1", **keys)

    def answers(self):
        with contextlib.suppress(EndpointConnectionError):
            return self.s3.list_buckets()

    def store(self, name, value):
        """Keep a secret, or the new value of one that is there; return its ARN."""
        with contextlib.suppress(ClientError):
            return self.secrets.put_secret_value(SecretId=name, SecretString=value)["ARN"]
        return self.secrets.create_secret(Name=name, SecretString=value)["ARN"]

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
