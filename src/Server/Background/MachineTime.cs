using System.Buffers.Text;

namespace Footfall.Server.Background;

/// <summary>What the machine's cores have done since it started, in ticks of the kernel, all cores together.</summary>
/// <param name="Ordinary">For work of ordinary priority, the kernel's own work included.</param>
/// <param name="All">For that, for work that stands behind it, and for nobody.</param>
public readonly record struct MachineTime(long Ordinary, long All)
{
    /// <summary>Read from <c>/proc/stat</c>, whose first line tells threads with a raised nice value from others.</summary>
    /// <returns>Null where there is no such file.</returns>
    public static MachineTime? Read()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        Span<byte> text = stackalloc byte[256];
        using var file = File.OpenHandle("/proc/stat");
        return Parse(text[..RandomAccess.Read(file, text, 0)]);
    }

    /// <param name="text">Begins with <c>cpu</c>, then user, nice, system, idle, iowait, irq and softirq. What a host took from the machine is neither.</param>
    public static MachineTime Parse(ReadOnlySpan<byte> text)
    {
        Span<long> ticks = stackalloc long[7];
        text = text["cpu".Length..];
        for (var index = 0; index < ticks.Length; index++)
        {
            text = text.TrimStart((byte)' ');
            _ = Utf8Parser.TryParse(text, out ticks[index], out var used);
            text = text[used..];
        }
        var ordinary = ticks[0] + ticks[2] + ticks[5] + ticks[6];
        return new MachineTime(ordinary, ordinary + ticks[1] + ticks[3] + ticks[4]);
    }
}
