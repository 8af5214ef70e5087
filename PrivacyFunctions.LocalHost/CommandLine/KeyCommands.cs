using System.Globalization;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Callers;
using PrivacyFunctions.LocalHost.Azurite;
using PrivacyFunctions.LocalHost.StartUp;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.LocalHost.CommandLine;

/// <summary>
/// Makes, shows and revokes the keys of operators and systems, here or in Azure: in the storage itself, so that it takes the
/// storage's rights and no key, and the first one is made like any other.
/// </summary>
internal static class KeyCommands
{
    public static Task RunAsync(Command command, TextWriter output, CancellationToken stopping) => StorageAnswer.OrProblemAsync(
        () => command switch
        {
            Command.CreateKey create => CreateAsync(create.Caller, Open(create.Where), output, stopping),
            Command.ListKeys list => ListAsync(Open(list.Where), output, stopping),
            Command.RevokeKeys revoke => RevokeAsync(revoke, Open(revoke.Where), output, stopping),
            _ => throw new ArgumentException("This is no command about keys.", nameof(command)),
        });

    private static async Task CreateAsync(Caller caller, CallerKeys keys, TextWriter output, CancellationToken stopping)
    {
        await foreach (var issued in keys.ListAsync(stopping))
            if (issued.Caller.Id == caller.Id && issued.Caller.Kind != caller.Kind)
                throw new StartUpProblem($"The id {caller.Id} belongs to {Words(issued.Caller.Kind)}: one id is one caller. Choose another.");
        var key = CallerKey.Create();
        await keys.AddAsync(key, caller, stopping);
        await output.WriteLineAsync(
            $"Key {key} of {Words(caller.Kind)}, {caller.Id}: {caller.Roles.Words()}. Only its hash is kept: it is shown this once.");
        await output.WriteLineAsync(key.Reveal());
    }

    private static async Task ListAsync(CallerKeys keys, TextWriter output, CancellationToken stopping)
    {
        var issued = await keys.ListAsync(stopping).OrderBy(key => key.Caller.Id).ThenBy(key => key.CreatedAt).ToListAsync(stopping);
        foreach (var key in issued)
            await output.WriteLineAsync(
                $"{key.Number}  {key.Caller.Id}  {Words(key.Caller.Kind)}  {key.Caller.Roles.Words()}  made {Words(key.CreatedAt)}"
                + (key.RevokedAt is { } revoked ? $"  revoked {Words(revoked)}" : ""));
        if (issued.Count == 0) await output.WriteLineAsync("There are no keys.");
    }

    private static async Task RevokeAsync(Command.RevokeKeys command, CallerKeys keys, TextWriter output, CancellationToken stopping)
    {
        var meant = await keys.ListAsync(stopping)
            .Where(key => command.Number is null ? key.Caller.Id == command.CallerId : key.Number == command.Number)
            .ToListAsync(stopping);
        if (meant.Count == 0) throw new StartUpProblem("There is no such key: list-keys shows all of them.");
        foreach (var key in meant)
        {
            await keys.RevokeAsync(key, stopping);
            await output.WriteLineAsync($"Key {key.Number} of {key.Caller.Id} opens nothing any more.");
        }
    }

    private static CallerKeys Open(Command.KeyStorage where)
    {
        try
        {
            return new(RecordStorage.Open(where.Setting ?? OfTheLocalHost(where.Data)), TimeProvider.System);
        }
        catch (OptionsValidationException unreadable)
        {
            throw new StartUpProblem(
                "What --storage says is neither a connection string of a storage account nor an address like "
                + "https://NAME.blob.core.windows.net.", unreadable);
        }
    }

    private static string OfTheLocalHost(string? data)
    {
        var folder = Path.GetFullPath(data ?? DataFolder.Default);
        return AzuriteRecord.Read(Path.Combine(folder, DataFolder.AzuriteRecordName))?.Ports.ConnectionString
            ?? throw new StartUpProblem($"No local host runs on the data folder {folder}: start one, or name an account with --storage.");
    }

    private static string Words(CallerKind kind) => kind == CallerKind.Operator ? "an operator" : "a system";

    private static string Words(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
