using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Links;

/// <summary>
/// Seals the keys of the ring before they reach the blob: AES-256-GCM under a key derived from the pepper, so that whoever
/// gets hold of the storage account alone can make no link (C-SECURE).
/// </summary>
internal sealed class SealedKeys(IOptions<PrivacyOptions> options) : IXmlEncryptor
{
    private const int KeyBytes = 32;
    private static readonly byte[] Purpose = "PrivacyFunctions key ring v1"u8.ToArray();

    /// <inheritdoc/>
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var (cipher, tag) = (new byte[plain.Length], new byte[AesGcm.TagByteSizes.MaxSize]);
        using var aes = Aes();
        aes.Encrypt(nonce, plain, cipher, tag);
        return new(new XElement("sealed", Convert.ToBase64String([.. nonce, .. tag, .. cipher])), typeof(Opener));
    }

    private XElement Decrypt(XElement encrypted)
    {
        var bytes = Convert.FromBase64String(encrypted.Value);
        var (nonceEnd, tagEnd) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize);
        var plain = new byte[bytes.Length - tagEnd];
        using var aes = Aes();
        aes.Decrypt(bytes.AsSpan(0, nonceEnd), bytes.AsSpan(tagEnd), bytes.AsSpan(nonceEnd, tagEnd - nonceEnd), plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }

    private AesGcm Aes()
    {
        var key = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, Convert.FromBase64String(options.Value.Pepper), KeyBytes, info: Purpose);
        return new(key, AesGcm.TagByteSizes.MaxSize);
    }

    /// <summary>Opens them again. Its name stands in every sealed key: it is never renamed or moved.</summary>
    internal sealed class Opener(IServiceProvider services) : IXmlDecryptor
    {
        /// <inheritdoc/>
        public XElement Decrypt(XElement encryptedElement) => services.GetRequiredService<SealedKeys>().Decrypt(encryptedElement);
    }
}
