using PrivacyFunctions.Callers;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.LocalHost.CommandLine;

/// <summary>Reads the options of the commands about keys.</summary>
internal static class KeyOptions
{
    public static Command Read(string verb, Dictionary<string, string> options)
    {
        var (storage, data) = (options.GetValueOrDefault("--storage"), options.GetValueOrDefault("--data"));
        if (storage is not null && data is not null)
            return new Command.Mistake("Give --storage or --data, not both.");
        var where = new Command.KeyStorage(storage, data);
        return verb switch
        {
            "create-key" => ReadCreation(options, where),
            "list-keys" => new Command.ListKeys(where),
            _ => (options.GetValueOrDefault("--key"), options.GetValueOrDefault("--id")) is var (number, id)
                && number is null != id is null
                    ? new Command.RevokeKeys(number, id, where)
                    : new Command.Mistake("The command revoke-key needs --key or --id, one of the two."),
        };
    }

    private static Command ReadCreation(Dictionary<string, string> options, Command.KeyStorage where)
    {
        var (person, system, roles) =
            (options.GetValueOrDefault("--operator"), options.GetValueOrDefault("--system"), options.GetValueOrDefault("--roles"));
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
}
