using PrivacyFunctions.LocalHost.CommandLine;

namespace PrivacyFunctions.Tests.Ground;

public sealed class CommandParserTests
{
    [Fact]
    public void Parse_Nothing_RunsEverythingOnTheUsualPorts()
    {
        var run = Assert.IsType<Command.Run>(CommandParser.Parse([]));

        Assert.Equal(
            new Command.Run(7071, 7072, Data: null, CrashAt: null, StopAtInputEnd: false, Clock: null, Seeded: true), run);
    }

    [Fact]
    public void Parse_AllOptionsInAnyOrder_TakesThem()
    {
        var run = Assert.IsType<Command.Run>(CommandParser.Parse(
            ["--data", "d", "--stop-at", "input-end", "--desk-port", "0", "--crash-at", "before:wake", "--port", "80",
                "--company", "none", "--clock", "2028-02-20"]));

        Assert.Equal(
            new Command.Run(
                80, 0, "d", "before:wake", StopAtInputEnd: true, new DateTimeOffset(2028, 2, 20, 0, 0, 0, TimeSpan.Zero), Seeded: false),
            run);
    }

    [Fact]
    public void Parse_OutboxAndSeed_TakeTheirOptions()
    {
        Assert.Equal(new Command.Outbox(5, "d", StopAtInputEnd: false), CommandParser.Parse(["outbox", "--port", "5", "--data", "d"]));
        Assert.Equal(
            new Command.Outbox(0, null, StopAtInputEnd: true),
            CommandParser.Parse(["outbox", "--stop-at", "input-end", "--port", "0"]));
        Assert.Equal(
            new Command.Seed("UseDevelopmentStorage=true"),
            CommandParser.Parse(["seed", "--storage", "UseDevelopmentStorage=true"]));
        foreach (var ask in new[] { "--help", "-h", "-?" })
            Assert.Contains("a page per mail", Assert.IsType<Command.Help>(CommandParser.Parse(["outbox", ask])).Text);
        Assert.Contains("create-key", Assert.IsType<Command.Help>(CommandParser.Parse(["--help"])).Text);
    }

    [Theory]
    [InlineData("Unrecognized command or argument 'start'.", "start")]
    [InlineData("Unrecognized command or argument '--prot'.", "--prot", "1")]
    [InlineData("Unrecognized command or argument '--storage'.", "outbox", "--port", "0", "--storage", "x")]
    [InlineData("Required argument missing for option: '--port'.", "--port")]
    [InlineData("The option --port is a port number from 0 to 65535, not \"--data\".", "--port", "--data")]
    [InlineData("Option '--port' expects a single argument but 2 were provided.", "--port", "1", "--port", "2")]
    [InlineData("The option --port is a port number from 0 to 65535, not \"65536\".", "--port", "65536")]
    [InlineData("The option --desk-port is a port number from 0 to 65535, not \"x\".", "--desk-port", "x")]
    [InlineData("Argument 'noon' not recognized. Must be one of:\n\t'input-end'", "--stop-at", "noon")]
    [InlineData(
        "The option --clock is a date such as 2028-02-20 or an instant such as 2028-02-20T09:30Z, from 2000 to 2099, not \"today\".",
        "--clock", "today")]
    [InlineData("Argument 'big' not recognized. Must be one of:\n\t'sample'\n\t'none'", "--company", "big")]
    [InlineData("Unrecognized command or argument '--clock'.", "outbox", "--port", "0", "--clock", "2028-02-20")]
    [InlineData("The options --port and --desk-port need two different ports.", "--port", "7072")]
    [InlineData("Option '--port' is required.", "outbox")]
    [InlineData("Option '--storage' is required.", "seed")]
    [InlineData("Unrecognized command or argument '--port'.", "list-keys", "--port", "1")]
    [InlineData("Give --storage or --data, not both.", "list-keys", "--storage", "s", "--data", "d")]
    [InlineData("The command create-key needs --operator and --roles, or --system alone.", "create-key")]
    [InlineData("The command create-key needs --operator and --roles, or --system alone.", "create-key", "--operator", "op-7")]
    [InlineData("The command create-key needs --operator and --roles, or --system alone.", "create-key", "--roles", "agent")]
    [InlineData(
        "The command create-key needs --operator and --roles, or --system alone.", "create-key", "--system", "shop", "--roles", "agent")]
    [InlineData(
        "The command create-key needs --operator and --roles, or --system alone.",
        "create-key", "--system", "shop", "--operator", "op-7", "--roles", "agent")]
    [InlineData(
        "The option --roles takes some of messages, agent, approver, dpo, auditor, with commas and no spaces, not \"agent,boss\".",
        "create-key", "--operator", "op-7", "--roles", "agent,boss")]
    [InlineData(
        "The option --roles takes some of messages, agent, approver, dpo, auditor, with commas and no spaces, not \",\".",
        "create-key", "--operator", "op-7", "--roles", ",")]
    [InlineData(
        "\"ada@example.com\" can be no id. It has letters, digits, '.', '-' and '_', and is no e-mail address. The audit chain has its own "
        + "'subject', 'system' and 'operator'.",
        "create-key", "--operator", "ada@example.com", "--roles", "agent")]
    [InlineData(
        "\"System\" can be no id. It has letters, digits, '.', '-' and '_', and is no e-mail address. The audit chain has its own "
        + "'subject', 'system' and 'operator'.",
        "create-key", "--system", "System")]
    [InlineData("The command revoke-key needs --key or --id, one of the two.", "revoke-key")]
    [InlineData("The command revoke-key needs --key or --id, one of the two.", "revoke-key", "--key", "0", "--id", "op-7")]
    public void Parse_AMistake_SaysWhatIsWrong(string sentence, params string[] arguments) =>
        Assert.Equal(sentence, Assert.IsType<Command.Mistake>(CommandParser.Parse(arguments)).Sentence.ReplaceLineEndings("\n"));
}
