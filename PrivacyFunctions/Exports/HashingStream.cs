using System.Security.Cryptography;

namespace PrivacyFunctions.Exports;

/// <summary>Hashes and counts what is written through it, so that a package need not be read again to be described.</summary>
internal sealed class HashingStream(Stream inner, HashAlgorithmName algorithm) : WriteOnlyStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(algorithm);

    /// <summary>Bytes written so far.</summary>
    public long Written { get; private set; }

    /// <summary>The hash of what was written, in lower-case hexadecimal. Ends the stream's hashing.</summary>
    public string Hash() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _hash.AppendData(buffer);
        Written += buffer.Length;
        inner.Write(buffer);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _hash.AppendData(buffer.Span);
        Written += buffer.Length;
        await inner.WriteAsync(buffer, cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        _hash.Dispose();
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }
}
