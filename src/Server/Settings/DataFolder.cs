using System.Globalization;

namespace Footfall.Server.Settings;

/// <summary>
/// The one folder in which a process keeps everything. Owned by one process at a time through a lock that the system lets go of when the
/// process ends, however it ends.
/// </summary>
public sealed class DataFolder : IDisposable
{
    /// <summary>The version of the folder's layout that this program writes; a newer one is not touched.</summary>
    public const int Version = 1;

    readonly FileStream _lock;

    DataFolder(string path, FileStream held, bool isNew) => (Path, _lock, IsNew) = (path, held, isNew);

    public string Path { get; }

    /// <summary>Whether nothing was kept in it before.</summary>
    public bool IsNew { get; }

    public string Catalog => System.IO.Path.Combine(Path, "catalog.db");

    public string Warehouse => System.IO.Path.Combine(Path, "warehouse.duckdb");

    /// <summary>For work that does not fit into memory; nothing in it outlives a process.</summary>
    public string Scratch => System.IO.Path.Combine(Path, "scratch");

    public string Archive => System.IO.Path.Combine(Path, "archive");

    public string Rebuild => System.IO.Path.Combine(Path, "rebuild");

    /// <summary>Hits that wait for a queue that is away.</summary>
    public string Spill => System.IO.Path.Combine(Path, "spill");

    public string Log => System.IO.Path.Combine(Path, "log");

    /// <summary>Makes the folder when it is missing, and takes it.</summary>
    /// <exception cref="UserErrorException">It cannot be made or written, is held by another process, or is of a newer version.</exception>
    public static DataFolder Take(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(full);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The data folder {full} cannot be made: {refused.Message}", refused);
        }
        var held = Lock(full);
        try
        {
            var isNew = !File.Exists(System.IO.Path.Combine(full, "version"));
            CheckVersion(full);
            return new DataFolder(full, held, isNew);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public void Dispose() => _lock.Dispose();

    static FileStream Lock(string full)
    {
        var file = System.IO.Path.Combine(full, "lock");
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new UserErrorException($"The data folder {full} cannot be written: {refused.Message}", refused);
        }
        catch (IOException taken) when (File.Exists(file) && IsSharing(taken))
        {
            throw new UserErrorException($"The data folder {full} is in use by another Footfall process; stop it or choose another folder with --data", taken);
        }
        catch (IOException refused)
        {
            throw new UserErrorException($"The data folder {full} cannot be written: {refused.Message}", refused);
        }
    }

    /// <summary>EWOULDBLOCK from flock, or the sharing violation of Windows; anything else is a disk's or a permission's failure.</summary>
    static bool IsSharing(IOException failure) =>
        (failure.HResult & 0xFFFF) is 11 or 32 or 33 || failure.Message.Contains("being used by another process", StringComparison.Ordinal);

    static void CheckVersion(string full)
    {
        var file = System.IO.Path.Combine(full, "version");
        if (!File.Exists(file))
        {
            try
            {
                File.WriteAllText(file, Version.ToString(CultureInfo.InvariantCulture) + "\n");
            }
            catch (IOException refused)
            {
                throw new UserErrorException($"The data folder {full} cannot be written: {refused.Message}", refused);
            }
            return;
        }
        var text = File.ReadAllText(file).Trim();
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            throw new UserErrorException($"The file {file} should hold a version number and holds \"{text}\"");
        if (version > Version)
        {
            throw new UserErrorException(
                $"The data folder {full} is of version {version}, written by a newer Footfall; this one knows version {Version}, so upgrade it or choose another folder with --data");
        }
    }
}
