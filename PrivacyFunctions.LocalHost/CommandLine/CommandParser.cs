using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;

namespace PrivacyFunctions.LocalHost.CommandLine;

/// <summary>Reads the arguments.</summary>
internal static class CommandParser
{
    public const int UsualPort = 7071;
    public const int UsualDeskPort = 7072;

    private const string InputEnd = "input-end";
    private const string SampleCompany = "sample";
    private const string NoCompany = "none";

    /// <summary>What the arguments ask for; where they make no sense, what is wrong, in a sentence.</summary>
    public static Command Parse(IReadOnlyList<string> arguments)
    {
        var meanings = new Dictionary<System.CommandLine.Command, Func<ParseResult, Command>>();
        var root = Root(meanings);
        var read = root.Parse(arguments);
        return read.Action is System.CommandLine.Help.HelpAction ? new Command.Help(HelpOf(read))
            : read.Errors is [var first, ..] ? new Command.Mistake(first.Message)
            : meanings[read.CommandResult.Command](read);
    }

    private static RootCommand Root(Dictionary<System.CommandLine.Command, Func<ParseResult, Command>> meanings)
    {
        var root = new RootCommand("Runs everything on this machine; Ctrl-C stops it, and the next start finds everything where it was.");
        meanings[root] = AddRun(root);
        root.SetAction(_ => 0); // else it asks for a command
        AddCommand("outbox", "Runs the outbox alone: a SendGrid-compatible endpoint with a page per mail.", AddOutbox);
        AddCommand("seed", "Fills a storage account with the sample company.", AddSeed);
        AddCommand("create-key", "Makes a key for an operator or a system, and prints it this once, in the last line.", KeyOptions.AddCreation);
        AddCommand("list-keys", "Shows whose keys there are.", KeyOptions.AddList);
        AddCommand("revoke-key", "Revokes one key, or all keys of an operator or a system.", KeyOptions.AddRevocation);
        foreach (var version in root.Options.OfType<VersionOption>().ToList()) root.Options.Remove(version);
        return root;

        void AddCommand(string name, string description, Func<System.CommandLine.Command, Func<ParseResult, Command>> add)
        {
            var command = new System.CommandLine.Command(name, description);
            meanings[command] = add(command);
            root.Subcommands.Add(command);
        }
    }

    private static Func<ParseResult, Command> AddRun(System.CommandLine.Command command)
    {
        var (port, desk) = (Port("--port", "The port of the app", UsualPort), Port("--desk-port", "The port of the outbox and the time machine", UsualDeskPort));
        var (data, stopAt) = (Data(), StopAt());
        var clock = new Option<DateTimeOffset?>("--clock")
        {
            Description = "Where the clock of a fresh data folder begins: a date such as 2028-02-20, or an instant such as 2028-02-20T09:30Z (UTC)",
            HelpName = "DATE", CustomParser = ReadClock,
        };
        var company = new Option<string>("--company")
        {
            Description = $"{NoCompany}: no sample company; the tables and containers of the data map are made, empty", DefaultValueFactory = _ => SampleCompany,
        };
        company.AcceptOnlyFromAmong(SampleCompany, NoCompany);
        var worker = new Option<string?>("--worker")
        {
            Description = "Runs a published function app (dotnet publish PrivacyFunctions -o FOLDER), the very files that go to Azure, in a process of its own",
            HelpName = "FOLDER",
        };
        var crashAt = new Option<string?>("--crash-at")
        {
            Description = "Kills itself at a point such as before:PackageExport, to show that nothing is lost", HelpName = "POINT",
        };
        foreach (var option in new Option[] { port, desk, data, clock, company, worker, stopAt, crashAt }) command.Options.Add(option);
        return read => read.GetValue(port) == read.GetValue(desk) && read.GetValue(port) != 0
            ? new Command.Mistake("The options --port and --desk-port need two different ports.")
            : new Command.Run(
                read.GetValue(port), read.GetValue(desk), read.GetValue(data), read.GetValue(crashAt), read.GetValue(stopAt) is not null,
                read.GetValue(clock), Seeded: read.GetValue(company) == SampleCompany, read.GetValue(worker));
    }

    private static Func<ParseResult, Command> AddOutbox(System.CommandLine.Command command)
    {
        var (port, data, stopAt) = (Port("--port", "Its port", usual: null), Data(), StopAt());
        foreach (var option in new Option[] { port, data, stopAt }) command.Options.Add(option);
        return read => new Command.Outbox(read.GetValue(port), read.GetValue(data), read.GetValue(stopAt) is not null);
    }

    private static Func<ParseResult, Command> AddSeed(System.CommandLine.Command command)
    {
        var storage = new Option<string>("--storage") { Description = "The connection string of the account", HelpName = "CONNECTION", Required = true };
        command.Options.Add(storage);
        return read => new Command.Seed(read.GetValue(storage)!);
    }

    /// <summary>The option for a data folder.</summary>
    public static Option<string?> Data() => new("--data")
    {
        Description = "Where everything is kept; without it, in .local/host of the clone", HelpName = "DIR",
    };

    private static Option<string?> StopAt()
    {
        var option = new Option<string?>("--stop-at")
        {
            Description = "The end of the standard input stops it, too: a program that started it and holds that input open leaves nothing running, however it ends itself",
        };
        option.AcceptOnlyFromAmong(InputEnd);
        return option;
    }

    private static Option<int> Port(string name, string what, int? usual)
    {
        var option = new Option<int>(name)
        {
            Description = $"{what}, on 127.0.0.1 only; 0 takes any free one", HelpName = "N", Required = usual is null,
            CustomParser = result => ReadPort(name, result),
        };
        if (usual is { } port) option.DefaultValueFactory = _ => port;
        return option;
    }

    private static int ReadPort(string name, ArgumentResult result)
    {
        var value = result.Tokens.Single().Value;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort) return port;
        result.AddError($"The option {name} is a port number from 0 to {IPEndPoint.MaxPort}, not \"{value}\".");
        return 0;
    }

    private static DateTimeOffset? ReadClock(ArgumentResult result)
    {
        var value = result.Tokens.Single().Value;
        if (ClockStart.Parse(value) is { } clock) return clock;
        result.AddError(
            $"The option --clock is a date such as 2028-02-20 or an instant such as 2028-02-20T09:30Z, "
            + $"from {ClockStart.Earliest.Year} to {ClockStart.Latest.Year}, not \"{value}\".");
        return null;
    }

    private static string HelpOf(ParseResult read)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        read.Invoke(new InvocationConfiguration { Output = text });
        return text.ToString();
    }
}
