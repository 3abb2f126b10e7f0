/**
 * Machine: the engine and the numbers of the protocol, for all files of the embedding.
 *
 * One instance of the program holds one fleet: a frozen root machine (the flash) and a lamp per
 * number, each with a clone of the root while it has power. Instants are virtual milliseconds.
 */
#ifndef LUMINODE_MACHINE_H
#define LUMINODE_MACHINE_H

#include "xsAll.h"
#include "protocol.h"

#define EXPORT(NAME) __attribute__((export_name(#NAME), used)) NAME
#define NEVER __builtin_inf()
#define TEXT_BYTES 512 /* of a death's or an error's text; longer ones are cut */

#endif
