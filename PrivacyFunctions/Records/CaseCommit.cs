using Azure.Data.Tables;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Records;

/// <summary>What must follow a commit; carried out at least once, in order.</summary>
internal enum Intent
{
    /// <summary>Start the case's orchestration.</summary>
    Start,

    /// <summary>Wake it: the case row has news.</summary>
    Wake,
}

/// <summary>An intent as it is stored, until it is carried out.</summary>
internal sealed record StoredIntent(string RowKey, Intent Intent);

/// <summary>The rows of one commit on a case.</summary>
internal sealed record CaseCommit(
    Case Before, IReadOnlyList<CaseFact> Facts, string Command, string Actor, IReadOnlyList<Intent> Intents, DateTimeOffset At)
{
    public const string CommandPrefix = "command-";
    public const string IntentPrefix = "intent-";
    public const string IntentColumn = "Intent";

    /// <summary>What is left to do by a case whose receipt is one fact.</summary>
    public static readonly StoredIntent Started = new(IntentKey(1, 0), Intent.Start);

    public Case After => Facts.Aggregate(Before, (state, fact) => state.Apply(fact, At));

    /// <summary>The transaction: command row, audit rows, state row, intents.</summary>
    public IEnumerable<TableTransactionAction> Rows(CaseRow row, CaseJson json)
    {
        var partition = Before.Id.Value;
        yield return Add(new(partition, CommandPrefix + Command) { ["At"] = At });

        var (sequence, head) = (row.Sequence, row.Head);
        foreach (var fact in Facts)
        {
            var content = json.Write(new AuditEntry(At, Actor, Command, fact));
            head = AuditChain.Next(head, ++sequence, content);
            yield return Add(AuditRow.ToEntity(partition, sequence, content, head));
        }

        var state = (row with { Case = After, Sequence = sequence, Head = head }).ToEntity(json);
        yield return row.Sequence == 0
            ? Add(state)
            : new(TableTransactionActionType.UpdateReplace, state, row.ETag);

        for (var index = 0; index < Intents.Count; index++)
            yield return Add(new(partition, IntentKey(sequence, index))
            {
                [IntentColumn] = Intents[index].ToString(),
            });
    }

    private static string IntentKey(int sequence, int index) => $"{IntentPrefix}{sequence:D10}-{index}";

    private static TableTransactionAction Add(TableEntity entity) => new(TableTransactionActionType.Add, entity);
}
