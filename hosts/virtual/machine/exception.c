/**
 * Exception: jumps out of the engine, and what it threw as text.
 */
#include "exception.h"

/* A text is needed even from a machine whose budget is spent, but must not run for ever itself. */
#define DESCRIBE_COMPUTRONS 100000

char errorText[TEXT_BYTES];

void openJump(txMachine *the, txJump *jump)
{
	memset(jump, 0, sizeof(txJump));
	jump->nextJump = the->firstJump;
	jump->stack = the->stack;
	jump->scope = the->scope;
	jump->frame = the->frame;
	jump->code = the->code;
	the->firstJump = jump;
}

void closeJump(txMachine *the, txJump *jump)
{
	the->stack = jump->stack;
	the->scope = jump->scope;
	the->frame = jump->frame;
	the->code = jump->code;
	the->firstJump = jump->nextJump;
}

/* The exception as text, as far as it has one. */
void describeException(txMachine *the, char *into, int room)
{
	txJump jump;
	txSlot exception = mxException;
	openJump(the, &jump);
	the->meterIndex = 0;
	the->meterCount = the->meterInterval = DESCRIBE_COMPUTRONS;
	if (setjmp(jump.buffer) == 0) {
		mxPushUndefined();
		the->stack->kind = exception.kind;
		the->stack->value = exception.value;
		if (the->stack->kind == XS_SYMBOL_KIND)
			snprintf(into, room, "a symbol");
		else {
			txString text = fxToString(the, the->stack);
			snprintf(into, room, "%s", text);
		}
	}
	closeJump(the, &jump);
}
