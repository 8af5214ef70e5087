using System.IO.MemoryMappedFiles;

namespace PrivacyFunctions.LocalHost.WorkerHook;

/// <summary>
/// The host's clock in another process, over a small file that both map: what it shows is what the host's shows at that
/// moment. Its timers are real time's: a move does not fire them.
/// </summary>
public sealed class SharedClock : TimeProvider, IDisposable
{
    private const int OffsetAt = 0;
    private const int HeldAt = sizeof(long);

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    /// <param name="path">The file; made when it is not there.</param>
    public SharedClock(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(
            new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete),
            mapName: null, capacity: 2 * sizeof(long), MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor();
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _view.ReadInt64(HeldAt) is var held && held != 0
        ? new DateTimeOffset(held, TimeSpan.Zero)
        : base.GetUtcNow() + new TimeSpan(_view.ReadInt64(OffsetAt));

    /// <summary>Tells the other side what the clock shows.</summary>
    /// <param name="offset">Ticks of 100 ns that it is ahead of real time.</param>
    /// <param name="held">The instant at which it stands still, in UTC ticks; 0 when it flows.</param>
    public void Share(long offset, long held)
    {
        _view.Write(OffsetAt, offset); // first, so that nobody sees another instant when the clock begins to flow
        _view.Write(HeldAt, held);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
