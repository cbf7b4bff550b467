using System.Security.Cryptography;

namespace Footfall.Server.Erasure;

/// <summary>The server's own key, made at first use. Whoever has the public half can check a receipt with any tool.</summary>
sealed class SigningKey : IDisposable
{
    readonly ECDsa _key;

    SigningKey(ECDsa key) => _key = key;

    public string PublicKey => _key.ExportSubjectPublicKeyInfoPem() + "\n";

    public static SigningKey OpenOrMake(string folder)
    {
        var path = Path.Combine(folder, "signing-key.pem");
        if (File.Exists(path))
        {
            var known = ECDsa.Create();
            known.ImportFromPem(File.ReadAllText(path));
            return new SigningKey(known);
        }
        var made = new SigningKey(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        DurableFile.Write(path, System.Text.Encoding.ASCII.GetBytes(made._key.ExportPkcs8PrivateKeyPem() + "\n"));
        DurableFile.Write(Path.Combine(folder, "signing-key.pub.pem"), System.Text.Encoding.ASCII.GetBytes(made.PublicKey));
        return made;
    }

    public byte[] Sign(byte[] content) => _key.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public bool Verify(byte[] content, byte[] signature) => _key.VerifyData(content, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public void Dispose() => _key.Dispose();
}
