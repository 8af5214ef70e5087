using PrivacyFunctions.Callers;
using PrivacyFunctions.LocalHost.CommandLine;
using PrivacyFunctions.LocalHost.StartUp;
using PrivacyFunctions.Records;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Ground;

/// <summary>The commands that make, show and revoke keys, in a storage where there may be none yet.</summary>
[Clause("C-ACCESS")]
public class KeyCommandsTests
{
    [Fact]
    public async Task Key_Created_OpensUntilItIsRevokedByItsNumber()
    {
        var id = $"op-{Guid.NewGuid():N}";
        var first = await CreateAsync("--operator", id, "--roles", "agent,approver");
        var second = await CreateAsync("--operator", id, "--roles", "auditor");

        var shown = await RunAsync("list-keys");
        Assert.Contains($"{first}  {id}  an operator  agent, approver  made ", shown);
        Assert.Contains($"{second}  {id}  an operator  auditor  made ", shown);
        Assert.DoesNotContain(first.Reveal(), shown, StringComparison.Ordinal);
        Assert.Equal(new(id, CallerKind.Operator, CallerRole.Agent | CallerRole.Approver), await FindAsync(first));

        await RunAsync("revoke-key", "--key", $"{first}");
        Assert.Null(await FindAsync(first));
        Assert.NotNull(await FindAsync(second));
        Assert.Matches($"{first}  .*  revoked 2", await RunAsync("list-keys"));
        await RunAsync("revoke-key", "--id", id);
        Assert.Null(await FindAsync(second));
    }

    [Fact]
    public async Task Key_OfASystem_SendsMessagesOnly()
    {
        var id = $"shop-{Guid.NewGuid():N}";
        var key = await CreateAsync("--system", id);

        Assert.Equal(new(id, CallerKind.System, CallerRole.Messages), await FindAsync(key));
        var twofold = await Assert.ThrowsAsync<StartUpProblem>(() => RunAsync("create-key", "--operator", id, "--roles", "approver"));
        Assert.Contains("belongs to a system", twofold.Message);
    }

    [Theory]
    [InlineData("--key", "000000000000")]
    [InlineData("--id", "op-nobody")]
    public async Task Key_ThatThereIsNot_CannotBeRevoked(string option, string value) =>
        await Assert.ThrowsAsync<StartUpProblem>(() => RunAsync("revoke-key", option, value));

    [Theory]
    [InlineData("--storage", "nothing", "is neither a connection string")]
    [InlineData("--storage", "https://example.com", "is neither a connection string")]
    [InlineData("--data", "/nowhere/at/all", "No local host runs on the data folder")]
    public async Task Storage_ThatIsNone_IsSaid(string option, string value, string words)
    {
        var command = CommandParser.Parse(["list-keys", option, value]);
        var problem = await Assert.ThrowsAsync<StartUpProblem>(() => KeyCommands.RunAsync(command, TextWriter.Null, default));
        Assert.Contains(words, problem.Message);
    }

    private static async Task<CallerKey> CreateAsync(params string[] arguments) =>
        CallerKey.Read((await RunAsync(["create-key", .. arguments])).TrimEnd().Split('\n')[^1].Trim())!;

    private static async Task<string> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var command = CommandParser.Parse([.. arguments, "--storage", await SharedAzurite.ConnectionStringAsync()]);
        await KeyCommands.RunAsync(command, output, default);
        return output.ToString();
    }

    private static async Task<Caller?> FindAsync(CallerKey key) =>
        await new CallerKeys(RecordStorage.Open(await SharedAzurite.ConnectionStringAsync()), TimeProvider.System).FindAsync(key, default);
}
