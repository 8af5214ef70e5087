using System.CommandLine;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.LocalHost.CommandLine;

/// <summary>The commands about keys, and what they take.</summary>
internal static class KeyOptions
{
    private static readonly Command OneOfTheTwo = new Command.Mistake("Give --storage or --data, not both.");

    /// <summary>Makes a key.</summary>
    public static Func<ParseResult, Command> AddCreation(System.CommandLine.Command command)
    {
        var person = new Option<string?>("--operator") { Description = "The id of an operator", HelpName = "ID" };
        var system = new Option<string?>("--system") { Description = $"The id of a system, whose role is {CallerRole.Messages.Words()}", HelpName = "ID" };
        var roles = new Option<string?>("--roles") { Description = $"The operator's roles, with commas: some of {CallerRoles.All.Words()}", HelpName = "ROLE,ROLE" };
        foreach (var option in new[] { person, system, roles }) command.Options.Add(option);
        var where = AddStorage(command);
        return read => where(read) is not { } of ? OneOfTheTwo : Creation(read.GetValue(person), read.GetValue(system), read.GetValue(roles), of);
    }

    /// <summary>Shows whose keys there are.</summary>
    public static Func<ParseResult, Command> AddList(System.CommandLine.Command command)
    {
        var where = AddStorage(command);
        return read => where(read) is { } of ? new Command.ListKeys(of) : OneOfTheTwo;
    }

    /// <summary>Revokes keys.</summary>
    public static Func<ParseResult, Command> AddRevocation(System.CommandLine.Command command)
    {
        var key = new Option<string?>("--key") { Description = "The number of one key, as list-keys shows it", HelpName = "NUMBER" };
        var id = new Option<string?>("--id") { Description = "The id of an operator or a system: all of its keys", HelpName = "ID" };
        foreach (var option in new[] { key, id }) command.Options.Add(option);
        var where = AddStorage(command);
        return read => where(read) is not { } of ? OneOfTheTwo
            : read.GetValue(key) is null == read.GetValue(id) is null
                ? new Command.Mistake("The command revoke-key needs --key or --id, one of the two.")
                : new Command.RevokeKeys(read.GetValue(key), read.GetValue(id), of);
    }

    private static Command Creation(string? person, string? system, string? roles, Command.KeyStorage where)
    {
        if (person is null == system is null || person is null != roles is null)
            return new Command.Mistake("The command create-key needs --operator and --roles, or --system alone.");
        if (!Actors.IsCallersId(person ?? system!))
            return new Command.Mistake(
                $"\"{person ?? system}\" can be no id. {Actors.WhatAnIdIs} The audit chain has its own 'subject', 'system' and 'operator'.");
        if (system is not null) return new Command.CreateKey(new(system, CallerKind.System, CallerRole.Messages), where);

        var given = CallerRoles.Read(roles!, out var unknown);
        return unknown.Count > 0 || given == CallerRole.None
            ? new Command.Mistake($"The option --roles takes some of {CallerRoles.All.Words()}, with commas and no spaces, not \"{roles}\".")
            : new Command.CreateKey(new(person!, CallerKind.Operator, given), where);
    }

    // Null where both are given.
    private static Func<ParseResult, Command.KeyStorage?> AddStorage(System.CommandLine.Command command)
    {
        var storage = new Option<string?>("--storage")
        {
            Description = "What Records:Storage is: a connection string, or https://NAME.blob.core.windows.net for whoever is signed in; "
                + "without it, the keys are those of the local host that runs on the data folder",
            HelpName = "ACCOUNT",
        };
        var data = CommandParser.Data();
        command.Options.Add(storage);
        command.Options.Add(data);
        return read => (read.GetValue(storage), read.GetValue(data)) is var (account, folder) && (account is null || folder is null) ? new(account, folder) : null;
    }
}
