using System.Text;
using Azure.Storage.Blobs.Specialized;

namespace PrivacyFunctions.Exports;

/// <summary>
/// Writes what comes after the end of a blob, block by block; nobody sees it until the blocks are committed. Each stream has
/// block names of its own, so that two which write at once cannot be mixed.
/// </summary>
/// <param name="blob">The blob.</param>
/// <param name="length">Its bytes so far.</param>
/// <param name="cancellation">Stops it.</param>
internal sealed class BlockStream(BlockBlobClient blob, long length, CancellationToken cancellation) : WriteOnlyStream
{
    private const int LeastBytes = 8 * 1024 * 1024;
    private const int MostBytes = 128 * 1024 * 1024;

    // A blob takes 50,000 blocks: those of a very large one are larger.
    private readonly int _blockBytes = (int)Math.Clamp(length / 5_000, LeastBytes, MostBytes);
    private readonly string _writer = Guid.NewGuid().ToString("N");
    private readonly List<string> _blocks = [];
    private MemoryStream _filling = new();
    private Stream? _diverted;

    /// <summary>Bytes written so far, without what was diverted.</summary>
    public long Written { get; private set; }

    /// <summary>The names of the blocks, in their order, once all is written.</summary>
    public async Task<IReadOnlyList<string>> EndAsync()
    {
        if (_filling.Length > 0) await StageAsync();
        return _blocks;
    }

    /// <summary>From now on what is written goes there instead.</summary>
    public void Divert(Stream target) => _diverted = target;

    // Archives write headers so, which are small; the block is staged by whatever comes next.
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        (_diverted ?? _filling).Write(buffer);
        if (_diverted is null) Written += buffer.Length;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        await FlushAsync(cancellationToken);
    }

    // Only what makes a block goes.
    public override Task FlushAsync(CancellationToken cancellationToken) =>
        _filling.Length >= _blockBytes ? StageAsync() : Task.CompletedTask;

    protected override void Dispose(bool disposing)
    {
        if (disposing) _filling.Dispose();
        base.Dispose(disposing);
    }

    private async Task StageAsync()
    {
        var name = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{_writer}{_blocks.Count:D8}"));
        _filling.Position = 0;
        await blob.StageBlockAsync(name, _filling, cancellationToken: cancellation);
        _blocks.Add(name);
        await _filling.DisposeAsync();
        _filling = new();
    }
}
