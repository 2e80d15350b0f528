//! How much memory a process has, as Linux tells it.

use std::fs;

/// Figures about memory, in KiB. `None`: this system does not tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// The part of the process's memory that is in RAM, `VmRSS` on Linux.
    pub resident: Option<u64>,
    /// What the kernel needs to find that memory, `VmPTE` on Linux.
    pub page_tables: Option<u64>,
    /// The stacks on which the kernel works for the threads, `KernelStack` on Linux. Of the whole system: other
    /// programs disturb it.
    pub kernel_stacks: Option<u64>,
    /// The addresses that the process has taken, used or not, `VmSize` on Linux.
    pub address_space: Option<u64>,
}

impl Memory {
    // ANCHOR: now
    /// What Linux says now. Elsewhere, every figure is `None`.
    pub fn now() -> Self {
        let process = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let system = fs::read_to_string("/proc/meminfo").unwrap_or_default();
        Self {
            resident: kib(&process, "VmRSS:"),
            page_tables: kib(&process, "VmPTE:"),
            kernel_stacks: kib(&system, "KernelStack:"),
            address_space: kib(&process, "VmSize:"),
        }
    }
    // ANCHOR_END: now

    /// How much more this is than `before`, and never less than nothing.
    pub fn growth_since(self, before: Self) -> Self {
        let growth = |now: Option<u64>, before| Some(now?.saturating_sub(before?));
        Self {
            resident: growth(self.resident, before.resident),
            page_tables: growth(self.page_tables, before.page_tables),
            kernel_stacks: growth(self.kernel_stacks, before.kernel_stacks),
            address_space: growth(self.address_space, before.address_space),
        }
    }
}

/// The number in the line that begins with this name. The kernel writes such lines as `VmRSS:    2048 kB`.
fn kib(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}
