namespace Footfall.Server.Backup;

/// <summary>Copies of files as they are.</summary>
static class FileCopy
{
    /// <summary>The first bytes of a file that may grow meanwhile.</summary>
    public static void Write(string source, string target, long bytes)
    {
        using var from = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var to = new FileStream(target, FileMode.CreateNew, FileAccess.Write);
        var buffer = new byte[1 << 20];
        while (bytes > 0)
        {
            var read = from.Read(buffer, 0, (int)Math.Min(buffer.Length, bytes));
            if (read == 0)
                throw new IOException($"{source} is shorter than it was a moment ago.");
            to.Write(buffer, 0, read);
            bytes -= read;
        }
    }

    /// <summary>Small files of one folder of a data folder.</summary>
    public static IEnumerable<PartFile> Below(string data, string folder) => !Directory.Exists(Path.Combine(data, folder)) ? [] :
        Present(data, Directory.GetFiles(Path.Combine(data, folder)).Select(path => $"{folder}/{Path.GetFileName(path)}").Where(name => !name.EndsWith(".new", StringComparison.Ordinal)));

    /// <summary>Small files of a data folder, those that are there.</summary>
    public static IEnumerable<PartFile> Present(string data, params IEnumerable<string> names) =>
        from name in names
        let path = Path.Combine(data, name)
        where File.Exists(path)
        select new PartFile(name, null, target => File.Copy(path, target));
}
