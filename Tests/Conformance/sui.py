"""Answers `okaibot verify` with a GraphQL server that checks each operation against the part of Sui's schema that it uses.

A blob of its own and one in a storage pool are on the chain; a third one is known to nobody. The part of the schema is
that of the fields in Tests/WalrusTests/Data/sui-schema.json.

usage: sui.py PRODUCTS CACHE
"""

import base64
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from packages import installed

# Facts of Sui's public schema: the fields, arguments and nullability that the bot relies on.
SCHEMA = """
scalar SuiAddress
scalar JSON
input EventFilter { type: String, module: String, sender: SuiAddress }
type Query {
  object(address: SuiAddress!): Object
  package(address: SuiAddress!): MovePackage
  events(first: Int, after: String, last: Int, before: String, filter: EventFilter): EventConnection
}
type Object {
  asMoveObject: MoveObject
  dynamicFields(first: Int, after: String, last: Int, before: String): DynamicFieldConnection
}
type MoveObject { contents: MoveValue }
type MoveValue { type: MoveType, json: JSON }
type MoveType { repr: String! }
type DynamicFieldConnection { pageInfo: PageInfo!, nodes: [DynamicField!]! }
type DynamicField { name: MoveValue, value: DynamicFieldValue }
union DynamicFieldValue = MoveValue | MoveObject
type MovePackage { typeOrigins: [TypeOrigin!] }
type TypeOrigin { module: String, struct: String, definingId: SuiAddress }
type EventConnection { pageInfo: PageInfo!, nodes: [Event!]! }
type PageInfo { hasPreviousPage: Boolean!, hasNextPage: Boolean!, startCursor: String, endCursor: String }
type Event { contents: MoveValue }
"""
SYSTEM, LATER = "0x" + "5e" * 32, "0x" + "9a" * 32
ORIGINAL = "0x" + "d8" * 32
FIELDS = pathlib.Path(__file__).resolve().parent.parent / "WalrusTests" / "Data" / "sui-schema.json"
NODE = "0x" + "0d" * 32
BLOB_OBJECT, POOLED_OBJECT, POOL = "0x" + "b1" * 32, "0x" + "b2" * 32, "0x" + "b3" * 32


def main():
    products, cache = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    sys.path.append(str(installed(cache, "graphql-core==3.3.2")))
    with tempfile.TemporaryDirectory() as folder:
        chain = Chain()
        files = {name: pathlib.Path(folder) / f"{name}.csv" for name in ["own", "pooled", "unknown"]}
        for name, file in files.items():
            file.write_text("a,b\n" + "".join(f"{row},{name}\n" for row in range(50)))
            chain.files[okaibot(products, "walrus", "id", file).stdout.strip()] = file.read_bytes()
        own, pooled, unknown = chain.files
        chain.certify(own, BLOB_OBJECT, len(chain.files[own]))
        chain.certify(pooled, POOLED_OBJECT, len(chain.files[pooled]), pool=POOL)
        settings = {
            "WALRUS_AGGREGATOR_URL": chain.url, "WALRUS_PUBLISHER_URL": chain.url,
            "SUI_GRAPHQL_URL": f"{chain.url}/graphql", "WALRUS_SYSTEM_OBJECT": SYSTEM,
        }
        ends = [
            (own, BLOB_OBJECT, "epoch 40"),
            (own, None, "epoch 40"),
            (pooled, POOLED_OBJECT, "epoch 52"),
            (pooled, None, "epoch 52"),
        ]
        for blob, object, part in ends:
            said = okaibot(products, "verify", blob, *(["--object", object] if object else []), **settings)
            if said.returncode != 0 or part not in said.stdout:
                sys.exit(f"verify {blob} {object}: {said.returncode} {said.stdout}{said.stderr}{chain.faults}")
        said = okaibot(products, "verify", unknown, **settings)
        if said.returncode == 0:
            sys.exit(f"a blob that is not on the chain is said to be there: {said.stdout}")
        chain.server.shutdown()
    compare(chain.schema)
    # System, origins of types, events, object, pool, storage nodes.
    if chain.faults or len(chain.operations) < 6:
        sys.exit(f"operations that Sui's schema does not have: {chain.faults}; operations: {chain.operations}")
    print(f"sui: {len(chain.operations)} operations are valid in the schema, and answered by it")


def compare(schema):
    """Fails for a field that the suites of Swift know with another type."""
    from graphql import get_named_type, is_union_type

    for name, fields in json.loads(FIELDS.read_text()).items():
        known = schema.type_map[name]
        if is_union_type(known):
            types = {type.name: type.name for type in known.types}
        else:
            types = {field: get_named_type(value.type).name for field, value in known.fields.items()}
        if not fields.items() <= types.items():
            sys.exit(f"{FIELDS.name} and the schema of this test differ: {set(fields.items()) - set(types.items())}")


def okaibot(products, *arguments, **settings):
    environment = {"PATH": os.environ["PATH"], **settings}
    return subprocess.run([products / "okaibot", *arguments], env=environment, capture_output=True, text=True, timeout=200)


class Chain:
    """A Sui full node and a Walrus aggregator."""

    def __init__(self):
        from graphql import build_schema

        self.files, self.events, self.objects = {}, [], {}
        self.schema, self.operations, self.faults = build_schema(SCHEMA), set(), []
        self.schema.type_map["DynamicFieldValue"].resolve_type = lambda value, *_: "MoveValue"
        committee = {"committee": {"epoch": 30, "members": [{"node_id": NODE, "weight": 1000}]}}
        # Nobody listens at port 1.
        node = {"node_info": {"network_address": "127.0.0.1:1"}}
        self.objects[NODE] = thing(f"{ORIGINAL}::staking_pool::StakingPool", node)
        self.objects[SYSTEM] = thing(f"{ORIGINAL}::system::System", {"id": SYSTEM, "version": 4, "package_id": LATER}, [committee])
        self.objects[POOL] = thing(f"{LATER}::storage_pool::StoragePool", {}, [{"storage": {"start_epoch": 1, "end_epoch": 52}}])
        chain = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                content = chain.files.get(self.path.rsplit("/", 1)[1])
                self.answer(200 if content else 404, content or b"{}")

            do_HEAD = do_GET

            def do_POST(self):
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                self.answer(200, json.dumps(chain.execute(request)).encode())

            def answer(self, status, data):
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(data)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def certify(self, blob, object, size, pool=None):
        number = str(int.from_bytes(base64.urlsafe_b64decode(blob + "="), "little"))
        content = {"blob_id": number, "encoding_type": 1, "certified_epoch": 20, "deletable": False, "registered_epoch": 19}
        if pool:
            content |= {"unencoded_size": str(size), "storage_pool_id": pool}
            self.objects[object] = thing(f"{LATER}::storage_pool::PooledBlob", content)
            event = {"blob_id": number, "object_id": object, "storage_pool_id": pool, "deletable": False}
            self.events.append((f"{LATER}::events::PooledBlobCertified", event))
        else:
            content |= {"size": str(size), "storage": {"start_epoch": 19, "end_epoch": 40, "storage_size": "1"}}
            self.objects[object] = thing(f"{ORIGINAL}::blob::Blob", content)
            event = {"blob_id": number, "object_id": object, "end_epoch": 40, "epoch": 20, "deletable": False}
            self.events.append((f"{ORIGINAL}::events::BlobCertified", event))

    def execute(self, request):
        from graphql import graphql_sync, parse, validate

        document = parse(request["query"])
        self.operations.add(request["query"])
        self.faults += [f"{error.message}: {request['query']}" for error in validate(self.schema, document)]
        root = {"object": self.object, "package": self.package, "events": self.page}
        result = graphql_sync(self.schema, request["query"], root, variable_values=request.get("variables"))
        self.faults += [str(error) for error in result.errors or []]
        return result.formatted

    def object(self, _, address):
        return self.objects.get(address)

    def package(self, _, address):
        return {"typeOrigins": [{"module": "storage_pool", "struct": "PooledBlob", "definingId": LATER}]}

    def page(self, _, filter, **__):
        events = [{"contents": {"type": {"repr": kind}, "json": event}} for kind, event in self.events if kind == filter["type"]]
        return {"pageInfo": {"hasPreviousPage": False, "hasNextPage": False}, "nodes": events}


def thing(kind, content, fields=[]):
    """An object, with the contents of its dynamic fields."""
    nodes = [{"value": {"type": {"repr": "field"}, "json": field}} for field in fields]
    page = {"pageInfo": {"hasPreviousPage": False, "hasNextPage": False}, "nodes": nodes}
    return {"asMoveObject": {"contents": {"type": {"repr": kind}, "json": content}}, "dynamicFields": lambda *_, **__: page}


main()
