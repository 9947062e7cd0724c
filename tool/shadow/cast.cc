#include "shadow/emitter.h"
#include "shadow/input.h"

namespace strata::shadow {
namespace {

using catalog::Expr;

bool IsText(Storage s) {
  return s == Storage::kText || s == Storage::kCitext || s == Storage::kBpchar;
}
bool IsNumber(Storage s) {
  return s == Storage::kInteger || s == Storage::kFloat || s == Storage::kNumeric;
}

std::string Native(const std::string& function, const std::string& sql, const StoredType& to,
                   bool explicit_cast) {
  return function + "(" + sql + ", " + std::to_string(to.type.type) + ", " +
         std::to_string(to.type.typmod) + ", " + (explicit_cast ? "1)" : "0)");
}

// Whether a value of the base type may be refused or changed by the type's own limits.
bool HasLimits(const StoredType& from, const StoredType& to) {
  if (from.type == to.type) return false;
  if (LengthLimit(to) >= 0) return true;
  if (to.storage == Storage::kNumeric) return to.type.typmod >= 4;
  if (to.storage != Storage::kInteger) return false;
  const auto width = [](const StoredType& t) {
    return t.storage != Storage::kInteger ? 9
           : t.type.type == oid::kInt2    ? 2
           : t.type.type == oid::kInt4    ? 4
                                          : 8;
  };
  return to.type.type == oid::kOid || width(from) > width(to);
}

}  // namespace

std::string Emitter::Cast(const Expr& e) {
  const Expr& inner = *e.args[0];
  const StoredType to = Stored(e);
  if (inner.kind == Expr::Kind::kConst && inner.is_null) return "NULL";
  if (inner.kind == Expr::Kind::kConst && inner.type.type == oid::kUnknown) {
    Expr constant = inner;
    constant.type = e.type;
    constant.explicit_cast = e.explicit_cast;
    return Write(constant);
  }
  if (inner.kind == Expr::Kind::kArray && to.storage == Storage::kArray) return Write(inner);
  return Convert(Write(inner), Stored(inner), to, e.explicit_cast);
}

std::string Emitter::WriteAssigned(const Expr& e, catalog::TypeRef to) {
  const StoredType target = StoredAs(catalog_, to);
  if (e.kind == Expr::Kind::kConst && !e.is_null && !e.explicit_cast) {
    const bool literal = e.type.type == oid::kUnknown || IsText(Stored(e).storage);
    if (e.type.type == oid::kUnknown || (literal && IsText(target.storage))) {
      Expr constant = e;
      constant.type = to;
      constant.explicit_cast = false;
      return Write(constant);
    }
  }
  const Expr* inner = &e;
  while (inner->kind == Expr::Kind::kCast && !inner->explicit_cast) inner = inner->args[0].get();
  const std::string folded = FoldedNumber(*inner, target);
  return folded.empty() ? Convert(Write(e), Stored(e), target, /*explicit_cast=*/false) : folded;
}

// A number written as it is stored; "" for anything else.
std::string Emitter::FoldedNumber(const Expr& e, const StoredType& target) const {
  const StoredType type = Stored(e);
  if (e.kind != Expr::Kind::kConst || e.is_null || !IsNumber(type.storage) ||
      !IsNumber(target.storage))
    return "";
  const InputResult read = ReadText(type, "", e.text);
  if (read.outcome != InputOutcome::kOk) return "";
  const InputResult fitted = FitValue(target, read.value, false);
  return fitted.outcome == InputOutcome::kOk ? SqliteLiteral(fitted.value) : "";
}

std::string Emitter::AsText(const Expr& e) {
  StoredType text;
  text.storage = Storage::kText;
  text.type.type = oid::kText;
  return Convert(Write(e), Stored(e), text, true);
}

std::string Emitter::Convert(const std::string& sql, const StoredType& from, const StoredType& to,
                             bool explicit_cast) {
  if (sql == "NULL" || from.type == to.type) return sql;
  if (to.type.type == 0) return Fail("a type is not known");
  const auto limited = [&](const std::string& value) {
    if (!HasLimits(from, to)) return value;
    if (strict_) return Native("strata_fit", value, to, explicit_cast);
    if (explicit_cast && LengthLimit(to) >= 0)
      return "substr(" + value + ", 1, " + std::to_string(LengthLimit(to)) + ")";
    if (to.storage == Storage::kNumeric) {
      return "round(" + value + ", " + std::to_string((to.type.typmod - 4) & 0x7FF) + ")";
    }
    return value;
  };
  if (from.storage == to.storage) {
    if (from.storage == Storage::kOther && from.type.type != to.type.type)
      return Fail("a cast is not modelled");
    return limited(sql);
  }
  if (IsText(from.storage) && IsText(to.storage)) {
    return limited(to.storage == Storage::kBpchar ? "rtrim(" + sql + ", ' ')" : sql);
  }
  if (IsText(to.storage)) {
    switch (from.storage) {
      case Storage::kInteger:
        return limited("CAST(" + sql + " AS TEXT)");
      case Storage::kBool:
        return limited("CASE WHEN " + sql + " THEN 'true' WHEN NOT " + sql + " THEN 'false' END");
      case Storage::kUuid:
      case Storage::kDate:
      case Storage::kTime:
        return limited(sql);
      case Storage::kTimestamp:
        return limited(from.type.type == oid::kTimestamptz ? "(" + sql + " || '+00')" : sql);
      case Storage::kJson:
        if (from.type.type == oid::kJsonb)
          Approximate("jsonb as text keeps the spacing it was written with");
        return limited(sql);
      case Storage::kFloat:
      case Storage::kNumeric:
        Approximate("numbers become text as SQLite prints them");
        return limited("CAST(" + sql + " AS TEXT)");
      default:
        Approximate("values of type " + catalog_.TypeName(from.type) +
                    " become text as SQLite keeps them");
        return limited("CAST(" + sql + " AS TEXT)");
    }
  }
  if (IsText(from.storage)) {
    if (to.storage == Storage::kOther && strict_)
      return Fail("a cast to " + catalog_.TypeName(to.type) + " is not modelled");
    if (strict_) return Native("strata_input", sql, to, explicit_cast);
    switch (to.storage) {
      case Storage::kInteger:
        return "CAST(" + sql + " AS INTEGER)";
      case Storage::kFloat:
        return "CAST(" + sql + " AS REAL)";
      case Storage::kNumeric:
        return limited("CAST(" + sql + " AS NUMERIC)");
      case Storage::kBool:
        return "(lower(" + sql + ") IN ('true', 't', 'yes', 'y', 'on', '1'))";
      case Storage::kBytes:
        return "CAST(" + sql + " AS BLOB)";
      default:
        return sql;
    }
  }
  if (IsNumber(from.storage) && IsNumber(to.storage)) {
    if (to.storage == Storage::kInteger) return limited("CAST(round(" + sql + ") AS INTEGER)");
    if (to.storage == Storage::kFloat) return "CAST(" + sql + " AS REAL)";
    return limited(sql);
  }
  if (from.storage == Storage::kBool && to.storage == Storage::kInteger) return sql;
  if (from.storage == Storage::kInteger && to.storage == Storage::kBool)
    return "(" + sql + " <> 0)";
  if (from.storage == Storage::kDate && to.storage == Storage::kTimestamp)
    return "(" + sql + " || ' 00:00:00')";
  if (from.storage == Storage::kTimestamp && to.storage == Storage::kDate)
    return "substr(" + sql + ", 1, 10)";
  if (from.storage == Storage::kTimestamp && to.storage == Storage::kTime)
    return "substr(" + sql + ", 12)";
  if (from.storage == Storage::kJson && (IsNumber(to.storage) || to.storage == Storage::kBool)) {
    Approximate("a JSON value that is no " + catalog_.TypeName(to.type) + " is not refused");
    return "json_extract(" + sql + ", '$')";
  }
  return Fail("a cast from " + catalog_.TypeName(from.type) + " to " + catalog_.TypeName(to.type) +
              " has no counterpart on SQLite");
}

}  // namespace strata::shadow
