/**
 * Run: the engine's interpreter, unchanged, with setjmp kept out of its huge function.
 *
 * fxRunID registers its catch blocks with c_setjmp inside itself. Compilers then treat that whole
 * function badly (wasm: every call becomes an exception-handling region). Here the registration
 * only copies the jump buffer of a small outer function, which re-enters the interpreter at the
 * catch block. All interpreter state is in the txJump that the engine fills in any case.
 *
 * Two further edits serve speed in wasm: byte codes are dispatched by a switch, because the labels of
 * gcc's computed goto become a table in memory before a switch; and the common kind of object is
 * reached without the table of behaviours.
 */
#include "xsAll.h"

typedef struct {
	c_jmp_buf buffer;
	txJump *yieldJump;
	txSlot *generator;
} LampRunJump;
#define LAMP_RESUME ((txSlot *) -1)
#define LAMP_NO_ENVIRONMENT ((txSlot *) 1)

static void *lamp_jump_malloc(size_t size)
{
	txJump *jump = ownedMalloc(size);
	if (jump)
		jump->environment = LAMP_NO_ENVIRONMENT; /* a generator's jumps leave it so; a catch block sets it */
	return jump;
}
void fxRunID(txMachine *the, txSlot *generator, txInteger count);
static void lamp_run_real(txMachine *the, txSlot *generator, txInteger count)
{
	fxRunID(the, generator, count);
}

txSlot *fxOrdinaryGetProperty(txMachine *the, txSlot *instance, txID id, txIndex index, txFlag flag);
txSlot *fxOrdinarySetProperty(txMachine *the, txSlot *instance, txID id, txIndex index, txFlag flag);

static txSlot *getProperty(txMachine *the, txSlot *instance, txID id, txIndex index, txFlag flag)
{
	if (instance->flag & XS_EXOTIC_FLAG) return mxBehaviorGetProperty(the, instance, id, index, flag);
	return fxOrdinaryGetProperty(the, instance, id, index, flag);
}

static txSlot *setProperty(txMachine *the, txSlot *instance, txID id, txIndex index, txFlag flag)
{
	if (instance->flag & XS_EXOTIC_FLAG) return mxBehaviorSetProperty(the, instance, id, index, flag);
	return fxOrdinarySetProperty(the, instance, id, index, flag);
}

#undef mxBehaviorGetProperty
#define mxBehaviorGetProperty getProperty
#undef mxBehaviorSetProperty
#define mxBehaviorSetProperty setProperty
#undef mxRunCount
#define mxRunCount(_COUNT) (mxMeterOne(), lamp_run_real(the, C_NULL, _COUNT))
#undef mxTry
#define mxTry(THE_MACHINE)                                                                                   \
	txJump __JUMP__;                                                                                         \
	__JUMP__.nextJump = (THE_MACHINE)->firstJump;                                                            \
	__JUMP__.stack = the->stack;                                                                             \
	__JUMP__.scope = the->scope;                                                                             \
	__JUMP__.frame = the->frame;                                                                             \
	__JUMP__.code = the->code;                                                                               \
	__JUMP__.flag = 0;                                                                                       \
	(THE_MACHINE)->firstJump = &__JUMP__;                                                                    \
	if (LAMP_SETJMP(__JUMP__.buffer) == 0) {
#undef mxCheckCStack
#define mxCheckCStack()                                                                                      \
	LampRunJump *lampRunJump = the->runJump;                                                                 \
	fxCheckCStack(the);                                                                                      \
	if (generator) the->meterIndex++; /* as the computed goto counts a resumed frame */                      \
	if (generator == LAMP_RESUME) {                                                                          \
		yieldJump = lampRunJump->yieldJump;                                                                  \
		generator = lampRunJump->generator;                                                                  \
		jump = the->firstJump;                                                                               \
		the->firstJump = jump->nextJump;                                                                     \
		mxStack = jump->stack;                                                                               \
		mxScope = jump->scope;                                                                               \
		mxFrame = jump->frame;                                                                               \
		mxEnvironment = mxFrameToEnvironment(mxFrame);                                                       \
		if (jump->environment != LAMP_NO_ENVIRONMENT) mxEnvironment->value.reference = jump->environment;    \
		mxCode = jump->code;                                                                                 \
		c_free(jump);                                                                                        \
		goto XS_CODE_JUMP;                                                                                   \
	}

#undef __OPTIMIZE__ /* selects the switch */
#define LAMP_SETJMP setjmp
#undef c_setjmp
#define c_setjmp(BUFFER) (memcpy(&(BUFFER), &lampRunJump->buffer, sizeof(c_jmp_buf)), 0)
#undef c_malloc
#define c_malloc lamp_jump_malloc
#define fxRunID lampRunInner
extern void lampRunInner(txMachine *the, txSlot *generator, txInteger count);
#include "xsRun.c"
#undef fxRunID

void fxRunID(txMachine *the, txSlot *generator, txInteger count)
{
	LampRunJump run;
	void *outer = the->runJump;
	run.yieldJump = the->firstJump;
	run.generator = generator;
	if (LAMP_SETJMP(run.buffer) == 0) {
		the->runJump = &run;
		lampRunInner(the, generator, count);
	} else {
		the->runJump = &run;
		lampRunInner(the, LAMP_RESUME, 0);
	}
	the->runJump = outer;
}
