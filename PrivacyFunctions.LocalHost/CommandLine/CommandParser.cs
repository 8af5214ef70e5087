using System.Globalization;
using System.Net;
using PrivacyFunctions.Callers;

namespace PrivacyFunctions.LocalHost.CommandLine;

/// <summary>Reads the arguments. Options are <c>--name VALUE</c>, each at most once, in any order.</summary>
internal static class CommandParser
{
    public const int UsualPort = 7071;
    public const int UsualDeskPort = 7072;

    private const string InputEnd = "input-end";
    private const string SampleCompany = "sample";
    private const string NoCompany = "none";

    public static string Usage { get; } = $"""
        Usage:
          LocalHost [--port {UsualPort}] [--desk-port {UsualDeskPort}] [--data DIR] [--clock DATE]
                    [--company {SampleCompany}|{NoCompany}] [--worker FOLDER] [--stop-at {InputEnd}]
                    [--crash-at POINT]
              Runs everything on this machine; Ctrl-C stops it, the next start finds everything where it was.
              With --clock 2028-02-20 (or an instant, 2028-02-20T09:30Z; UTC) the clock of a fresh data folder begins there.
              With --company {NoCompany} there is no sample company: the tables and containers of the data map are made, empty.
              With --worker it runs a published function app (dotnet publish PrivacyFunctions -o FOLDER), the very files that
              go to Azure, in a process of its own.
              With --crash-at it kills itself at a point such as before:PackageExport, to show that nothing is lost.
          LocalHost outbox --port N [--data DIR] [--stop-at {InputEnd}]
              Runs the outbox alone: a SendGrid-compatible endpoint with a page per mail.
          LocalHost seed --storage CONNECTION
              Fills a storage account with the sample company.
          LocalHost create-key --operator ID --roles ROLE,ROLE [--storage ACCOUNT | --data DIR]
          LocalHost create-key --system ID [--storage ACCOUNT | --data DIR]
              Makes a key for an operator, whose roles are among {CallerRoles.All.Words()},
              or for a system, whose role is {CallerRole.Messages.Words()}, and prints it this once, in the last line.
          LocalHost list-keys [--storage ACCOUNT | --data DIR]
          LocalHost revoke-key (--key NUMBER | --id ID) [--storage ACCOUNT | --data DIR]
              Revokes one key by the number that list-keys shows, or all keys of an operator or a system.
              ACCOUNT is what Records:Storage is: a connection string, or https://NAME.blob.core.windows.net for whoever
              is signed in. Without it the keys are those of the local host that runs on the data folder.
          LocalHost --help

        Ports are opened on 127.0.0.1 only; 0 takes any free one. Without --data everything is kept in .local/host of the clone.
        With --stop-at {InputEnd} the end of the standard input stops it, too: a program that started it and holds that input open
        leaves nothing running, however it ends itself.
        """;

    public static Command Parse(IReadOnlyList<string> arguments)
    {
        if (arguments.Any(argument => argument is "--help" or "-h" or "-?"))
            return new Command.Help();
        var (verb, rest) = arguments is [var first, ..] && !first.StartsWith('-') ? (first, arguments.Skip(1)) : ("", arguments);
        string[]? known = verb switch
        {
            "" => ["--port", "--desk-port", "--data", "--clock", "--company", "--worker", "--stop-at", "--crash-at"],
            "outbox" => ["--port", "--data", "--stop-at"],
            "seed" => ["--storage"],
            "create-key" => ["--operator", "--roles", "--system", "--storage", "--data"],
            "list-keys" => ["--storage", "--data"],
            "revoke-key" => ["--key", "--id", "--storage", "--data"],
            _ => null,
        };
        if (known is null)
            return new Command.Mistake($"There is no command \"{verb}\".");

        var options = new Dictionary<string, string>();
        foreach (var pair in rest.Chunk(2))
        {
            if (!known.Contains(pair[0]))
                return new Command.Mistake($"There is no option \"{pair[0]}\"{(verb == "" ? "" : $" for {verb}")}.");
            if (pair is not [var name, var value] || value.StartsWith("--", StringComparison.Ordinal))
                return new Command.Mistake($"The option {pair[0]} needs a value.");
            if (!options.TryAdd(name, value))
                return new Command.Mistake($"The option {name} was given twice.");
        }

        foreach (var (name, value) in options.Where(option => option.Key.EndsWith("port", StringComparison.Ordinal)))
            if (!TryPort(value, out _))
                return new Command.Mistake(
                    $"The option {name} is a port number from 0 to {IPEndPoint.MaxPort}, not \"{value}\".");
        var stopAtInputEnd = options.TryGetValue("--stop-at", out var end);
        if (stopAtInputEnd && end != InputEnd)
            return new Command.Mistake($"The option --stop-at knows {InputEnd} only, not \"{end}\".");

        DateTimeOffset? clock = null;
        if (options.TryGetValue("--clock", out var begin) && (clock = ClockStart.Parse(begin)) is null)
            return new Command.Mistake(
                $"The option --clock is a date such as 2028-02-20 or an instant such as 2028-02-20T09:30Z, "
                + $"from {ClockStart.Earliest.Year} to {ClockStart.Latest.Year}, not \"{begin}\".");
        var company = options.GetValueOrDefault("--company", SampleCompany);
        if (company is not (SampleCompany or NoCompany))
            return new Command.Mistake($"The option --company knows {SampleCompany} and {NoCompany} only, not \"{company}\".");

        var data = options.GetValueOrDefault("--data");
        return verb switch
        {
            "" when Port(options, "--port", UsualPort) is var port && Port(options, "--desk-port", UsualDeskPort) is var desk =>
                port == desk && port != 0
                    ? new Command.Mistake("The options --port and --desk-port need two different ports.")
                    : new Command.Run(
                        port, desk, data, options.GetValueOrDefault("--crash-at"), stopAtInputEnd,
                        clock, Seeded: company == SampleCompany, options.GetValueOrDefault("--worker")),
            "outbox" => options.ContainsKey("--port")
                ? new Command.Outbox(Port(options, "--port", 0), data, stopAtInputEnd)
                : new Command.Mistake("The command outbox needs --port."),
            "create-key" or "list-keys" or "revoke-key" => KeyOptions.Read(verb, options),
            _ => options.TryGetValue("--storage", out var storage)
                ? new Command.Seed(storage)
                : new Command.Mistake("The command seed needs --storage."),
        };
    }

    private static int Port(Dictionary<string, string> options, string name, int usual) =>
        options.TryGetValue(name, out var value) && TryPort(value, out var port) ? port : usual;

    private static bool TryPort(string value, out int port) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= IPEndPoint.MaxPort;
}
