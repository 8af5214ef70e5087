using System.Text.Json;
using System.Text.Json.Serialization;

namespace PrivacyFunctions.Cases.Model;

/// <summary>Something about a case that waits for a person to look.</summary>
/// <param name="Step">The step that does not work, or what else waits.</param>
/// <param name="Scope">
/// Which part of the case's workflow marked it, where several have a step of that name; null for the main one, and for what no
/// step marked.
/// </param>
/// <param name="Since">When it was marked, by the real clock, UTC; null if it was marked before that was kept.</param>
public sealed record AttentionMark(string Step, string? Scope = null, DateTimeOffset? Since = null);

/// <summary>
/// What about a case waits for a person, in the order in which it was marked: at least one mark, as a case that needs no attention
/// has no list. Each is taken away by what made it, and by nothing else. Equal to another list with the same marks in that order.
/// </summary>
[JsonConverter(typeof(AsList))]
public sealed class AttentionMarks : IEquatable<AttentionMarks>
{
    /// <summary>The mark of a case that waits for the decision of an operator, and long enough that people were told.</summary>
    public const string Approval = "approval";

    /// <summary>The mark of a case that an operator paused.</summary>
    public const string Paused = "paused by an operator";

    /// <summary>The mark of a case to whose person somebody has to listen: they wrote, and nobody has read it.</summary>
    public const string Message = "message of the person";

    // A person took these up, or has to: a workflow that begins again changes nothing about them.
    private static readonly string[] OfNoStep = [Approval, Paused, Message];

    private AttentionMarks(IReadOnlyList<AttentionMark> all) => All = all;

    /// <summary>The marks; never none.</summary>
    public IReadOnlyList<AttentionMark> All { get; }

    /// <summary>The list with one mark more; the one of that step and scope, if it is there already, stays as it is.</summary>
    /// <param name="marks">The list; null if there is nothing on it.</param>
    /// <param name="mark">What to add.</param>
    public static AttentionMarks With(AttentionMarks? marks, AttentionMark mark) => Has(marks, mark.Step, mark.Scope)
        ? marks!
        : new([.. (marks?.All ?? []).Where(other => !IsFormerly(other, mark.Step)), mark]);

    /// <summary>The list without the mark of that step and scope; null if nothing is left on it.</summary>
    /// <param name="marks">The list; null if there is nothing on it.</param>
    /// <param name="step">What works again.</param>
    /// <param name="scope">Which part of the workflow marked it.</param>
    public static AttentionMarks? Without(AttentionMarks? marks, string step, string? scope)
    {
        IReadOnlyList<AttentionMark> left = [.. (marks?.All ?? []).Where(mark => !IsOf(mark, step, scope) && !IsFormerly(mark, step))];
        return left.Count == 0 ? null : new(left);
    }

    /// <summary>
    /// The list after the workflow began again, whose earlier steps take nothing away any more: what is still broken marks itself
    /// anew. What no step of it marked stays; null if nothing is left.
    /// </summary>
    /// <param name="marks">The list; null if there is nothing on it.</param>
    public static AttentionMarks? AfterRestart(AttentionMarks? marks)
    {
        IReadOnlyList<AttentionMark> left = [.. (marks?.All ?? []).Where(mark => OfNoStep.Contains(mark.Step))];
        return left.Count == 0 ? null : new(left);
    }

    /// <summary>The list of a case that is closed: its workflow has nothing to do, but what its person wrote is still to be read.</summary>
    public static AttentionMarks? AfterClosing(AttentionMarks? marks) =>
        marks?.All.Where(mark => mark.Step == Message).ToList() is { Count: > 0 } left ? new(left) : null;

    /// <summary>Whether nothing is wrong with the case's workflow, which waits at most for a decision or for somebody to read a message.</summary>
    public static bool IsAtWork(AttentionMarks? marks) => marks is null || marks.All.All(mark => mark.Step is Approval or Message);

    /// <summary>Whether the list has the mark of that step and scope.</summary>
    public static bool Has(AttentionMarks? marks, string step, string? scope = null) =>
        marks is not null && marks.All.Any(mark => IsOf(mark, step, scope));

    /// <inheritdoc/>
    public bool Equals(AttentionMarks? other) => other is not null && All.SequenceEqual(other.All);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AttentionMarks);

    /// <inheritdoc/>
    public override int GetHashCode() => All.Aggregate(0, HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", All);

    private static bool IsOf(AttentionMark mark, string step, string? scope) => mark.Step == step && mark.Scope == scope;

    // Of the time when a case had room for one step without a scope: whichever part marked it takes it away.
    private static bool IsFormerly(AttentionMark mark, string step) => mark.Step == step && mark.Since is null && mark.Scope is null;

    private sealed class AsList : JsonConverter<AttentionMarks>
    {
        public override AttentionMarks? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            // One step, as it was written when a case had room for one.
            if (reader.TokenType == JsonTokenType.String) return new([new(reader.GetString()!)]);
            return JsonSerializer.Deserialize<IReadOnlyList<AttentionMark>>(ref reader, options) is { Count: > 0 } all ? new(all) : null;
        }

        public override void Write(Utf8JsonWriter writer, AttentionMarks value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.All, options);
    }
}
