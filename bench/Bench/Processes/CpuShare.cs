using System.Globalization;

namespace Footfall.Bench.Processes;

/// <summary>
/// A fixed share of one core for one process, by a control group of the kernel's: as if it had a small machine to itself. Needs root. The process
/// must have ended, or be in another group, before this is disposed.
/// </summary>
sealed class CpuShare : IDisposable
{
    const int PeriodMicroseconds = 20_000;
    const string Groups = "/sys/fs/cgroup";

    readonly string _group;

    /// <param name="cores">Such as 0.25.</param>
    public CpuShare(string name, double cores)
    {
        var quota = ((int)(cores * PeriodMicroseconds)).ToString(CultureInfo.InvariantCulture);
        var period = PeriodMicroseconds.ToString(CultureInfo.InvariantCulture);
        var isFirstVersion = Directory.Exists(Groups + "/cpu");
        _group = Directory.CreateDirectory($"{Groups}/{(isFirstVersion ? "cpu/" : "")}footfall-{name}").FullName;
        if (isFirstVersion)
        {
            File.WriteAllText(_group + "/cpu.cfs_period_us", period);
            File.WriteAllText(_group + "/cpu.cfs_quota_us", quota);
        }
        else
        {
            File.WriteAllText(_group + "/cpu.max", $"{quota} {period}");
        }
    }

    public void Give(int process) => File.WriteAllText(_group + "/cgroup.procs", process.ToString(CultureInfo.InvariantCulture));

    public void Dispose() => Directory.Delete(_group);
}
