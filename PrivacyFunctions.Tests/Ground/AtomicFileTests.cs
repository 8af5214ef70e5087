using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.Tests.Ground;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // The old file stays as it was until the new one is in its place: so a crash in between leaves one of them, whole.
    [Fact]
    public void Write_WhileTheOldFileIsRead_LeavesItWholeToItsReader()
    {
        if (OperatingSystem.IsWindows())
            return; // it does not let a file be replaced that somebody reads
        var path = _folder.File("clock");
        AtomicFile.Write(path, "the old text");
        using var reader = File.OpenText(path);

        AtomicFile.Write(path, "new");

        Assert.Equal("the old text", reader.ReadToEnd());
        Assert.Equal("new", AtomicFile.Read(path));
    }
}
