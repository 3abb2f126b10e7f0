/** Native: the functions of native.ts: links, digests and judgements for XS. */
#include "xsmc.h"
#include "mc.xs.h" /* for xsID_* values */

#include <stdlib.h>

#include "certificate.h"
#include "digests.h"
#include "worker.h"

/* A DNS name's most, and the zero behind it. */
#define NAME_BYTES 256

typedef struct {
	xsMachine *the;
	xsSlot object;
	Link *link;
} Owner;

static void begin(xsMachine *the)
{
	static bool isBegun;
	if (!isBegun && !(isBegun = cryptoBegin())) xsUnknownError("no source of chance");
}

static Bytes bytesOf(xsMachine *the, xsSlot *slot)
{
	void *bytes = NULL;
	xsUnsignedValue count = 0;
	if (xsmcTypeOf(*slot) != xsUndefinedType) xsmcGetBufferReadable(*slot, &bytes, &count);
	return (Bytes){ bytes, count };
}

/* A copy of XS's own digest of `count` bytes. */
static void setDigest(xsMachine *the, const uint8_t digest[DIGEST_BYTES], bool isMade)
{
	if (!isMade) xsUnknownError("no digest");
	xsmcSetArrayBuffer(xsResult, (void *) digest, DIGEST_BYTES);
}

void luminode_sha256(xsMachine *the)
{
	uint8_t digest[DIGEST_BYTES];
	begin(the);
	Bytes bytes = bytesOf(the, &xsArg(0));
	setDigest(the, digest, sha256(bytes.bytes, bytes.count, digest));
}

void luminode_hmac(xsMachine *the)
{
	uint8_t digest[DIGEST_BYTES];
	begin(the);
	Bytes key = bytesOf(the, &xsArg(0)), bytes = bytesOf(the, &xsArg(1));
	setDigest(the, digest, hmacSha256(key.bytes, key.count, bytes.bytes, bytes.count, digest));
}

/* The digest in progress: a lamp has one. */
static psa_hash_operation_t running;

void luminode_running_begin(xsMachine *the)
{
	begin(the);
	psa_hash_abort(&running);
	running = psa_hash_operation_init();
	if (psa_hash_setup(&running, PSA_ALG_SHA_256) != PSA_SUCCESS) xsUnknownError("no digest");
}

void luminode_running_add(xsMachine *the)
{
	Bytes bytes = bytesOf(the, &xsArg(0));
	if (psa_hash_update(&running, bytes.bytes, bytes.count) != PSA_SUCCESS) xsUnknownError("no digest");
}

void luminode_running_end(xsMachine *the)
{
	uint8_t digest[DIGEST_BYTES];
	size_t length;
	bool isMade = psa_hash_finish(&running, digest, DIGEST_BYTES, &length) == PSA_SUCCESS;
	setDigest(the, digest, isMade);
}

void luminode_ecdsa(xsMachine *the)
{
	begin(the);
	Bytes point = bytesOf(the, &xsArg(0)), digest = bytesOf(the, &xsArg(1));
	Bytes signature = bytesOf(the, &xsArg(2));
	xsmcSetBoolean(xsResult,
		point.count == POINT_BYTES
			&& ecdsaVerify(point.bytes, digest.bytes, digest.count, signature.bytes, signature.count));
}

void luminode_certificate(xsMachine *the)
{
	Certificate read;
	Bytes der = bytesOf(the, &xsArg(0));
	bool isRead = certificateRead(der.bytes, der.count, &read);
	xsmcSetInteger(
		xsResult, isRead ? certificateState(&read, (int64_t) xsmcToNumber(xsArg(1))) : CERTIFICATE_MALFORMED);
}

void luminode_private_key(xsMachine *the)
{
	Bytes der = bytesOf(the, &xsArg(0));
	xsmcSetInteger(xsResult, privateKeyState(der.bytes, der.count));
}

void luminode_is_pair(xsMachine *the)
{
	begin(the);
	Bytes der = bytesOf(the, &xsArg(0)), key = bytesOf(the, &xsArg(1));
	xsmcSetBoolean(xsResult, privateKeyIsOf(key.bytes, key.count, der.bytes, der.count));
}

void luminode_link_destructor(void *data)
{
	Owner *owner = data;
	if (!owner) return;
	if (owner->link) linkClose(owner->link);
	free(owner);
}

/* In the machine's thread, in a turn of its own. */
static void deliver(void *machine)
{
	xsMachine *the = machine;
	linkDelivered();
	for (Owner *owner = linkNext(); owner; owner = linkNext()) {
		xsBeginHost(the);
		xsCall0(owner->object, xsID_onNews);
		xsEndHost(the);
	}
}

void luminode_link(xsMachine *the)
{
	char name[NAME_BYTES];
	begin(the);
	xsmcToStringBuffer(xsArg(3), name, sizeof name);
	Trust trust = { bytesOf(the, &xsArg(0)), bytesOf(the, &xsArg(1)), bytesOf(the, &xsArg(2)), name,
		(int64_t) xsmcToNumber(xsArg(4)) };
	Owner *owner = calloc(1, sizeof *owner);
	if (owner) owner->link = linkOpen(&trust, the, owner, deliver);
	if (!owner || !owner->link) {
		free(owner);
		xsUnknownError("no memory");
	}
	owner->the = the;
	owner->object = xsThis;
	xsRemember(owner->object);
	xsmcSetHostData(xsThis, owner);
}

static Link *linkOf(xsMachine *the)
{
	Owner *owner = xsmcGetHostData(xsThis);
	if (!owner) xsUnknownError("closed");
	return owner->link;
}

void luminode_link_close(xsMachine *the)
{
	Owner *owner = xsmcGetHostData(xsThis);
	if (!owner) return;
	xsForget(owner->object);
	xsmcSetHostData(xsThis, NULL);
	luminode_link_destructor(owner);
}

/* 0: it shakes, 1: it is open; below, the refusal. */
void luminode_link_state(xsMachine *the)
{
	Link *link = linkOf(the);
	switch (linkState(link)) {
	case LINK_SHAKING:
		xsmcSetInteger(xsResult, 0);
		break;
	case LINK_OPEN:
		xsmcSetInteger(xsResult, 1);
		break;
	default:
		xsmcSetInteger(xsResult, -(int) linkRefusal(link));
	}
}

/* 12 or 13, negative where it was resumed; 0 before it is open. */
void luminode_link_version(xsMachine *the)
{
	Link *link = linkOf(the);
	xsmcSetInteger(xsResult, linkIsResumed(link) ? -linkVersion(link) : linkVersion(link));
}

void luminode_link_room(xsMachine *the)
{
	xsmcSetInteger(xsResult, (int) linkRoom(linkOf(the)));
}

void luminode_link_put(xsMachine *the)
{
	Bytes bytes = bytesOf(the, &xsArg(0));
	linkPut(linkOf(the), bytes.bytes, bytes.count);
}

void luminode_link_cut(xsMachine *the)
{
	linkCut(linkOf(the));
}

void luminode_link_pending(xsMachine *the)
{
	xsmcSetInteger(xsResult, (int) linkPending(linkOf(the)));
}

void luminode_link_take(xsMachine *the)
{
	void *into;
	xsUnsignedValue most;
	Link *link = linkOf(the);
	xsmcGetBufferWritable(xsArg(0), &into, &most);
	xsmcSetInteger(xsResult, (int) linkTake(link, into, most));
}

void luminode_link_available(xsMachine *the)
{
	xsmcSetInteger(xsResult, linkAvailable(linkOf(the)));
}

void luminode_link_read(xsMachine *the)
{
	void *into;
	xsUnsignedValue most;
	Link *link = linkOf(the);
	xsmcGetBufferWritable(xsArg(0), &into, &most);
	xsmcSetInteger(xsResult, linkRead(link, into, most));
}

void luminode_link_writable(xsMachine *the)
{
	xsmcSetInteger(xsResult, (int) linkWritable(linkOf(the)));
}

void luminode_link_write(xsMachine *the)
{
	Bytes bytes = bytesOf(the, &xsArg(0));
	xsmcSetBoolean(xsResult, linkWrite(linkOf(the), bytes.bytes, bytes.count));
}

void luminode_link_end(xsMachine *the)
{
	linkEnd(linkOf(the));
}
