using System.Globalization;
using System.Security.Cryptography;

namespace Footfall.Server.Backup;

/// <summary>
/// A folder of backups: one folder for each, named by its time, and <c>shared</c> with the files that never change, which all backups use.
/// One process writes to it at a time.
/// </summary>
public sealed class BackupFolder(string path)
{
    const string Shared = "shared";

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Takes the folder, which is made when missing, until disposed: two at once would write the same files.</summary>
    public IDisposable Hold()
    {
        // What is in a catalog is for the eyes of its owner, as in the data folder.
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(Path);
        else
            Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            return new FileStream(System.IO.Path.Combine(Path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new UserErrorException($"The folder of backups {Path} cannot be taken: {taken.Message}", taken);
        }
    }

    /// <summary>The finished backups, oldest first.</summary>
    public IReadOnlyList<Manifest> All() => !Directory.Exists(Path) ? [] :
    [
        .. Directory.GetDirectories(Path).Where(folder => System.IO.Path.GetFileName(folder) != Shared)
            .Order(StringComparer.Ordinal).Select(Manifest.Read).OfType<Manifest>(),
    ];

    /// <summary>The backup of a name, or the newest.</summary>
    public Manifest Find(string? name)
    {
        var all = All();
        if (all.Count == 0)
            throw new UserErrorException($"There is no backup in {Path}; 'footfall backup create {Path}' makes one.");
        return name is null
            ? all[^1]
            : all.FirstOrDefault(backup => backup.Name == name) ?? throw new UserErrorException($"There is no backup {name} in {Path}; the newest is {all[^1].Name}.");
    }

    /// <summary>The backup that reaches beyond a time at least, and the newest when none does.</summary>
    public Manifest FindAfter(DateTimeOffset time) => All().FirstOrDefault(backup => backup.CreatedAt >= time) ?? Find(null);

    /// <summary>Begins a backup.</summary>
    /// <returns>Its name: the time, in a form that sorts.</returns>
    public string Begin(DateTimeOffset now)
    {
        var name = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH-mm-ss'Z'", CultureInfo.InvariantCulture);
        var folder = System.IO.Path.Combine(Path, name);
        if (Directory.Exists(folder))
            throw new UserErrorException($"There is a backup {name} already; wait a second.");
        Directory.CreateDirectory(folder);
        return name;
    }

    /// <summary>Takes in a file; one that never changes and is there already is not copied again.</summary>
    /// <param name="known">The files of earlier backups, by where they are stored.</param>
    /// <param name="copied">Whether it had to be copied.</param>
    public ManifestFile Take(string backup, DataPart part, PartFile file, IReadOnlyDictionary<string, ManifestFile> known, out bool copied)
    {
        var stored = file.Identity is null ? $"{backup}/{file.Path}" : $"{Shared}/{part.Name}/{file.Identity}";
        var target = StoredAt(stored);
        copied = !known.TryGetValue(stored, out var there) || !File.Exists(target) || new FileInfo(target).Length != there.Bytes;
        if (!copied)
            return there!;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
        var draft = target + ".new";
        File.Delete(draft);
        file.CopyTo(draft);
        var (bytes, sum) = Digest(draft, flush: true);
        File.Move(draft, target, overwrite: true);
        return new ManifestFile(file.Path, stored, bytes, sum);
    }

    /// <summary>What is wrong with a stored file, as a sentence; null when it is the one that was taken in.</summary>
    public string? Check(ManifestFile file)
    {
        var at = StoredAt(file.Stored);
        if (!File.Exists(at))
            return $"{at} is missing";
        try
        {
            var (bytes, sum) = Digest(at, flush: false);
            return bytes != file.Bytes
                ? string.Create(CultureInfo.InvariantCulture, $"{at} has {bytes:N0} bytes instead of {file.Bytes:N0}")
                : sum != file.Sha256 ? $"{at} is damaged: its checksum is not the one it was stored with" : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return $"{at} cannot be read: {unreadable.Message}";
        }
    }

    public string StoredAt(string stored) => System.IO.Path.Combine(Path, stored);

    static (long Bytes, string Sha256) Digest(string path, bool flush)
    {
        using var file = new FileStream(path, FileMode.Open, flush ? FileAccess.ReadWrite : FileAccess.Read, FileShare.Read, 1 << 20);
        var sum = Convert.ToHexStringLower(SHA256.HashData(file));
        if (flush)
            file.Flush(flushToDisk: true);
        return (file.Length, sum);
    }
}
