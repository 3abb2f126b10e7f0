typedef struct {
	uint32_t mepc;
	uint32_t ra;
} RvExcFrame;
