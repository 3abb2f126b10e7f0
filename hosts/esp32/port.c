/**
 * Port: one FreeRTOS task below the machine's; its message goes through the machine's queue.
 *
 * A post into a full queue waits, which here holds the task alone: it has one message in the queue
 * at most, so it takes no place of the pins' messages but one. Its memory is reserved at build time:
 * a handshake never fails for the lack of a stack.
 */
#include "port.h"

#include "esp_task_wdt.h"
#include "freertos/FreeRTOS.h"
#include "freertos/semphr.h"
#include "freertos/task.h"
#include "xsHost.h"

/* Deepest on x86 in 32 bits: docs/measured.md. */
#define STACK_BYTES 10240
/* Above the idle task, below the machine's (4) and lwIP's. */
#define PRIORITY (tskIDLE_PRIORITY + 1)

static StackType_t stack[STACK_BYTES / sizeof(StackType_t)];
static StaticTask_t memory;
static StaticSemaphore_t lockMemory;
static SemaphoreHandle_t lock;
static TaskHandle_t worker;

void portLock(void)
{
	xSemaphoreTake(lock, portMAX_DELAY);
}

void portUnlock(void)
{
	xSemaphoreGive(lock);
}

static void run(void *work)
{
	esp_task_wdt_add(NULL);
	((void (*)(void)) work)();
}

bool portStart(void (*work)(void))
{
	lock = xSemaphoreCreateMutexStatic(&lockMemory);
	worker = xTaskCreateStatic(run, "tls", STACK_BYTES, (void *) work, PRIORITY, stack, &memory);
	return worker != NULL;
}

void portWait(void)
{
	portUnlock();
	ulTaskNotifyTake(pdTRUE, pdMS_TO_TICKS(1000));
	esp_task_wdt_reset();
	portLock();
}

void portWake(void)
{
	xTaskNotifyGive(worker);
}

void portStep(void)
{
	esp_task_wdt_reset();
	vTaskDelay(1); /* the idle task has a watchdog, too */
}

static void deliver(void *machine, void *to, uint8_t *message, uint16_t count)
{
	(void) message;
	(void) count;
	((void (*)(void *)) to)(machine);
}

void portPost(void *machine, void (*to)(void *machine))
{
	while (modMessagePostToMachine(machine, NULL, 0, deliver, (void *) to) != 0) portStep();
}
