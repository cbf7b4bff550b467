using System.Text.Json;

namespace Footfall.Server.Erasure;

/// <summary>
/// Intents and receipts in <c>DATA/erasures</c>: an intent is <c>ID.intent</c> until its receipt <c>ID.json</c> and the signature beside it are
/// written, so that a crash loses neither the wish nor the proof.
/// </summary>
sealed class ErasureFiles(string folder) : IDisposable
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>Made when it is first needed, not at start: a full disk must not keep a server from starting.</summary>
    readonly Lazy<SigningKey> _key = new(() => SigningKey.OpenOrMake(Directory.CreateDirectory(folder).FullName));

    public string PublicKey => _key.Value.PublicKey;

    /// <summary>What is not finished, oldest first.</summary>
    public IReadOnlyList<ErasureIntent> Pending() =>
        [.. Found("*.intent").Select(path => JsonSerializer.Deserialize<ErasureIntent>(File.ReadAllBytes(path), Json)!)];

    public void Save(ErasureIntent intent)
    {
        Directory.CreateDirectory(folder);
        DurableFile.Write(IntentOf(intent.Id), JsonSerializer.SerializeToUtf8Bytes(intent, Json));
    }

    public void Complete(ErasureReceipt receipt)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(receipt, Json);
        DurableFile.Write(ReceiptOf(receipt.Id) + ".sig", _key.Value.Sign(content));
        DurableFile.Write(ReceiptOf(receipt.Id), content);
        File.Delete(IntentOf(receipt.Id));
    }

    /// <summary>Receipts with their signatures, oldest first.</summary>
    public IReadOnlyList<(ErasureReceipt Receipt, byte[] Signature, bool IsGenuine)> Receipts() =>
        [.. Found("*.json").Select(Read)];

    public void Dispose()
    {
        if (_key.IsValueCreated)
            _key.Value.Dispose();
    }

    IEnumerable<string> Found(string pattern) => Directory.Exists(folder) ? Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal) : [];

    (ErasureReceipt Receipt, byte[] Signature, bool IsGenuine) Read(string path)
    {
        var content = File.ReadAllBytes(path);
        var signature = File.Exists(path + ".sig") ? File.ReadAllBytes(path + ".sig") : [];
        return (JsonSerializer.Deserialize<ErasureReceipt>(content, Json)!, signature, _key.Value.Verify(content, signature));
    }

    string IntentOf(string id) => Path.Combine(folder, id + ".intent");

    string ReceiptOf(string id) => Path.Combine(folder, id + ".json");
}
