"""Runs moto, and has it do like AWS where the demo looks: types of machines, properties of notebooks, deletion."""

from moto.cloudformation.parsing import ResourceMap
from moto.ec2.models import ec2_backends
from moto.ec2.models.flow_logs import FlowLogs
from moto.ec2.models.route_tables import RouteTable
from moto.ec2.models.vpcs import VPCEndPoint
from moto.iam.models import Role, iam_backends
from moto.kms.models import Key
from moto.sagemaker.models import FakeSagemakerNotebookInstance as Notebook
from moto.sagemaker.models import sagemaker_backends
from moto.server import main

delete_resource = ResourceMap._delete_resource
delete_role = Role.delete_from_cloudformation_json.__func__
create_key = Key.create_from_cloudformation_json.__func__


def delete_unless_retained(self, resource, template):
    """An update that takes a resource out of the template leaves it alone if its policy says so."""
    if template.get("DeletionPolicy") != "Retain":
        delete_resource(self, resource, template)


def deletes_by(delete):
    """Deletes with its stack what moto would leave behind."""

    def delete_with_stack(cls, resource_name, cloudformation_json, account_id, region_name):
        delete(ec2_backends[account_id][region_name], resource_name)

    return classmethod(delete_with_stack)


def delete_route_table(ec2, name):
    ec2.get_route_table(name)._associations.clear()
    ec2.delete_route_table(name)


def delete_endpoint(ec2, name):
    for interface in ec2.vpc_end_points.pop(name).network_interface_ids or []:
        ec2.enis.pop(interface, None)


def delete_flow_log(ec2, name):
    ec2.delete_flow_logs([name])


def delete_role_with_attachments(cls, resource_name, cloudformation_json, account_id, region_name):
    """Detaches the policies of a role that is deleted."""
    backend = iam_backends[account_id]["aws"]
    role = next(role for role in backend.roles.values() if role.name == resource_name)
    for policy in list(role.managed_policies):
        backend.detach_role_policy(policy, resource_name)
    delete_role(cls, resource_name, cloudformation_json, account_id, region_name)


def create_notebook(cls, resource_name, cloudformation_json, account_id, region_name, **_):
    """Keeps the properties of a notebook, of which moto reads two."""
    properties = cloudformation_json["Properties"]
    return sagemaker_backends[account_id][region_name].create_notebook_instance(
        notebook_instance_name=resource_name,
        instance_type=properties["InstanceType"],
        role_arn=properties["RoleArn"],
        subnet_id=properties.get("SubnetId"),
        security_group_ids=properties.get("SecurityGroupIds"),
        kms_key_id=properties.get("KmsKeyId"),
        tags=properties.get("Tags"),
        lifecycle_config_name=properties.get("LifecycleConfigName"),
        direct_internet_access=properties.get("DirectInternetAccess", "Enabled"),
        volume_size_in_gb=int(properties.get("VolumeSizeInGB", 5)),
        root_access=properties.get("RootAccess"),
    )


def create_tagged_key(cls, resource_name, cloudformation_json, account_id, region_name, **options):
    """Spells tags as KMS does; moto fails on those of CloudFormation."""
    properties = dict(cloudformation_json["Properties"])
    properties["Tags"] = [{"TagKey": tag["Key"], "TagValue": tag["Value"]} for tag in properties.get("Tags", [])]
    template = {**cloudformation_json, "Properties": properties}
    return create_key(cls, resource_name, template, account_id, region_name, **options)


RouteTable.delete_from_cloudformation_json = deletes_by(delete_route_table)
VPCEndPoint.delete_from_cloudformation_json = deletes_by(delete_endpoint)
FlowLogs.delete_from_cloudformation_json = deletes_by(delete_flow_log)
Role.delete_from_cloudformation_json = classmethod(delete_role_with_attachments)
ResourceMap._delete_resource = delete_unless_retained
Notebook.create_from_cloudformation_json = classmethod(create_notebook)
Notebook.validate_instance_type = lambda self, instance_type: None
Key.create_from_cloudformation_json = classmethod(create_tagged_key)

if __name__ == "__main__":
    main()
