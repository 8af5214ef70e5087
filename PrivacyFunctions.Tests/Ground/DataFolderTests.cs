using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.Tests.Ground;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_FolderInUse_SaysSoAndNamesTheOption()
    {
        using var first = DataFolder.Open(_folder.Path);

        var problem = Assert.Throws<StartUpProblem>(() => DataFolder.Open(_folder.Path));

        Assert.Equal(
            $"The data folder {_folder.Path} is in use by another local host: stop that one first, "
            + "or choose another folder with --data.",
            problem.Message);
    }

    [Fact]
    public void Open_PathOfAFile_SaysThatItCannotBeUsed()
    {
        File.WriteAllText(_folder.File("file"), "");

        var problem = Assert.Throws<StartUpProblem>(() => DataFolder.Open(_folder.File("file")));

        Assert.Contains("cannot be used", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_OnceMade_StayAndAreTheOwnersAlone()
    {
        string[] made;
        using (var first = DataFolder.Open(_folder.Path))
            made = [first.OperatorKey, first.MasterKey, first.Pepper];

        using var second = DataFolder.Open(_folder.Path);
        Assert.Equal<string[]>(made, [second.OperatorKey, second.MasterKey, second.Pepper]);
        Assert.Equal(3, made.Distinct().Count());
        Assert.Equal(32, Convert.FromBase64String(second.Pepper).Length);
        if (OperatingSystem.IsWindows())
            return; // it has no such modes
        foreach (var file in Directory.GetFiles(_folder.File("keys")))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }
}
