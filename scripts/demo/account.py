"""Prints what stands in an account as JSON (`show STACK`), or deletes notebook instances (`delete NAME ...`)."""

import json
import sys

import boto3


def show(stack):
    resources = boto3.client("cloudformation").get_paginator("list_stack_resources")
    sagemaker = boto3.client("sagemaker")
    names = [each["NotebookInstanceName"] for each in sagemaker.list_notebook_instances()["NotebookInstances"]]
    endpoints = boto3.client("ec2").describe_vpc_endpoints()["VpcEndpoints"]
    roles = boto3.client("iam").get_paginator("list_roles").paginate(PathPrefix="/ml-infra/")
    return {
        "resources": [
            {"id": each["LogicalResourceId"], "type": each["ResourceType"], "name": each.get("PhysicalResourceId")}
            for page in (resources.paginate(StackName=stack) if stack_exists(stack) else [])
            for each in page["StackResourceSummaries"]
        ],
        "notebooks": [sagemaker.describe_notebook_instance(NotebookInstanceName=name) for name in names],
        "buckets": [bucket["Name"] for bucket in boto3.client("s3").list_buckets()["Buckets"]],
        "keys": [key["KeyId"] for key in boto3.client("kms").list_keys()["Keys"]],
        "roles": [{"name": role["RoleName"], "path": role["Path"]} for page in roles for role in page["Roles"]],
        "endpoints": [
            {"service": endpoint["ServiceName"], "type": endpoint["VpcEndpointType"], "state": endpoint["State"]}
            for endpoint in endpoints
        ],
    }


def stack_exists(name):
    stacks = boto3.client("cloudformation").list_stacks()["StackSummaries"]
    return any(stack["StackName"] == name and stack["StackStatus"] != "DELETE_COMPLETE" for stack in stacks)


def delete(*names):
    sagemaker = boto3.client("sagemaker")
    for name in names:
        sagemaker.stop_notebook_instance(NotebookInstanceName=name)
        sagemaker.delete_notebook_instance(NotebookInstanceName=name)
    return {"deleted": names}


if __name__ == "__main__":
    command, *options = sys.argv[1:]
    print(json.dumps({"show": show, "delete": delete}[command](*options), default=str))
