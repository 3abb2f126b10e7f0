typedef enum {
	PANIC_EXCEPTION_IWDT,
	PANIC_EXCEPTION_FAULT,
} panic_exception_t;

typedef struct {
	panic_exception_t exception;
	const char *reason;
	const void *frame;
} panic_info_t;
