"""What Huawei says: the client, its credentials, the wire shapes, the errors."""
