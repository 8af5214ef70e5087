namespace PrivacyFunctions.LocalHost.StartUp;

/// <summary>
/// An exclusive lock between processes, held by an open file. The operating system releases it when its process ends in
/// whatever way, so a killed holder never blocks the next one. The file itself stays: deleting it would let two processes
/// lock two different files of the same name.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    // What open() answers when another process holds the lock: Windows' sharing violation, EWOULDBLOCK on Linux and on macOS.
    private static readonly int[] HeldByAnother = [unchecked((int)0x80070020), 11, 35];

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>The lock, or null when another process (or another holder in this one) has it.</summary>
    public static FileLock? TryTake(string path)
    {
        try
        {
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException problem) when (HeldByAnother.Contains(problem.HResult))
        {
            return null;
        }
    }

    /// <summary>Tries until the lock is free; null when it was not free within <paramref name="atMost"/>.</summary>
    public static async Task<FileLock?> TakeAsync(string path, TimeSpan atMost, CancellationToken cancellation)
    {
        using var tick = new PeriodicTimer(BetweenTries);
        for (var tries = (long)(atMost / BetweenTries); tries > 0; tries--)
        {
            if (TryTake(path) is { } taken)
                return taken;
            await tick.WaitForNextTickAsync(cancellation);
        }

        return null;
    }

    public void Dispose() => _file.Dispose();
}
