using System.Globalization;

namespace Footfall.Adapters.DuckDb.Parquet;

/// <summary>
/// The folder of one partition: data files, and manifests that are numbered without gaps, of which the newest counts. A file is written aside,
/// synced and renamed before a manifest names it; a manifest comes to its name whole or not at all, and never in place of another. A crash at any
/// point leaves the version before or the version after.
/// </summary>
sealed class PartitionFolder(WarehouseDisk disk, string root, int partition)
{
    const string Prefix = "manifest-";
    const string Suffix = ".json";
    const string AsideSuffix = ".aside";

    public int Partition { get; } = partition;

    public string Path { get; } = System.IO.Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"p{partition:0000}"));

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Where a file is written before it is <see cref="Adopt">adopted</see>.</summary>
    public string AsideOf(string name) => PathOf(name) + AsideSuffix;

    /// <summary>Puts what was written aside onto the disk and under its name.</summary>
    public void Adopt(string name)
    {
        disk.Sync(AsideOf(name));
        disk.Rename(AsideOf(name), PathOf(name));
    }

    /// <summary>The newest version; an empty one where there is none.</summary>
    /// <param name="known">A version read before, which is given back when it is still the newest: that costs one look for the next one's name.</param>
    public PartitionManifest Newest(PartitionManifest? known = null)
    {
        if (known is { Version: > 0 } && !File.Exists(ManifestOf(known.Version + 1)) && File.Exists(ManifestOf(known.Version)))
            return known;
        // What was newest may be deleted between the look and the reading; then there is a newer one.
        while (Versions() is [.., var newest])
        {
            try
            {
                return known?.Version == newest ? known : Read(newest);
            }
            catch (FileNotFoundException)
            {
                continue;
            }
        }
        return PartitionManifest.Empty(Partition);
    }

    /// <summary>Makes a version the newest.</summary>
    /// <exception cref="PartitionConflictException">There is one of its number already, or a newer one.</exception>
    public void Commit(PartitionManifest next)
    {
        // The names of the data files before the name of what names them.
        disk.SyncFolder(Path);
        var aside = AsideOf(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Guid.NewGuid():N}"));
        disk.Write(aside, next.Write());
        disk.Sync(aside);
        if (!disk.TryName(aside, ManifestOf(next.Version)))
            throw new PartitionConflictException($"Version {next.Version} of partition {Partition} was written by another process.");
        disk.SyncFolder(Path);
        disk.Delete(aside);
        // A writer that slept for so long that the versions after its own are swept away would find its number free.
        if (Versions() is [.., var newest] && newest > next.Version)
            throw new PartitionConflictException($"Partition {Partition} is at version {newest} already.");
    }

    /// <summary>Makes the folder, on the disk, before anything is written to it.</summary>
    public void Make()
    {
        if (Directory.Exists(Path))
            return;
        Directory.CreateDirectory(Path);
        disk.SyncFolder(root);
    }

    /// <summary>Deletes manifests that were replaced before a time, and files as old that no other manifest names: of crashes, too.</summary>
    public void Sweep(DateTime before)
    {
        var versions = Versions();
        var kept = versions.Count;
        // A version is of use to reports until it is replaced, and for as long after as they may run.
        while (kept > 1 && File.GetLastWriteTimeUtc(ManifestOf(versions[kept - 1])) >= before)
            kept--;
        foreach (var version in versions.Take(kept - 1))
            disk.Delete(ManifestOf(version));
        var named = versions.Skip(Math.Max(0, kept - 1)).SelectMany(version => Read(version).Files).Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(Path))
        {
            var name = System.IO.Path.GetFileName(path);
            var isManifest = name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal);
            if (!isManifest && !named.Contains(name) && File.GetLastWriteTimeUtc(path) < before)
                disk.Delete(path);
        }
    }

    PartitionManifest Read(long version) => PartitionManifest.Read(File.ReadAllBytes(ManifestOf(version)), ManifestOf(version));

    string ManifestOf(long version) => PathOf(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{version:000000000000}{Suffix}"));

    List<long> Versions()
    {
        if (!Directory.Exists(Path))
            return [];
        var names = Directory.EnumerateFiles(Path, Prefix + "*" + Suffix).Select(path => System.IO.Path.GetFileName(path)[Prefix.Length..^Suffix.Length]);
        return [.. names.Select(name => long.Parse(name, NumberStyles.None, CultureInfo.InvariantCulture)).Order()];
    }
}
