using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Footfall.Server.Background;

/// <summary>
/// Lets a thread run behind all others of the machine. .NET's own priorities do nothing on Linux, where each thread has a nice value; raising it
/// takes no privilege, going back does, and so a thread that came here stays. The threads that it starts begin where it stands.
/// </summary>
public static partial class LowPriority
{
    const int OneThread = 0;

    /// <summary>A tenth of the share of an ordinary thread: little enough to leave, and enough to let go of a lock soon that others wait for.</summary>
    const int Nice = 10;

    /// <summary>For the calling thread, for good. Where the system does not let it, the thread goes on as it was: slower for others, and right.</summary>
    public static void Enter()
    {
        if (OperatingSystem.IsLinux())
            _ = SetPriority(OneThread, ThreadId(), Nice);
        else
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
    }

    /// <summary>Makes something whose own threads are to run behind others: they begin with the priority of the thread that makes them.</summary>
    public static T Make<T>(Func<T> make)
    {
        T made = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            Enter();
            try
            {
                made = make();
            }
            catch (Exception failed)
            {
                failure = ExceptionDispatchInfo.Capture(failed);
            }
        });
        thread.IsBackground = true;
        thread.Start();
        thread.Join();
        failure?.Throw();
        return made;
    }

    [LibraryImport("libc", EntryPoint = "gettid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ThreadId();

    [LibraryImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, int thread, int nice);
}
